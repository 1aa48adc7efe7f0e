package classify

// commonNames are everyday words (and given names) of four languages that are
// also names of companies: alone they say nothing. Folded, without accents.
const commonNames = `
accent ace act action active advance aero air alaska alert alliance allied ally alpha amazon amber america american amp anchor angel anthem apex apple apples arc arch arctic argos ariel ark arrow ascend ask
aspect asset assurance atlas aurora avalon axis bamboo banana bank bark base bass bear beacon beats bell best bic bing bird bit bite black blaze blink block blue bluebird bolt
boost boots boss bounce box brave breeze bridge bright brook brother buffalo bumble burger buzz cactus calm canal candy canvas cap capital cardinal caring carnival cars cash castle cat centre center century champion charm chase cheer
cherry chime choice circle citizens city clarity clear clean click cloud clover club coach cobra colt columbia comet comfort common compass complete concord condor confluence constellation continental converse cook copper core
corona cosmos costa cottage country course cox craft crane crest cricket cross crown cruise crystal curve dash dawn deliver dell delta denim diamond diesel digest direct discover discovery dish dove dragon dream drift duke
eagle earth east echo eclipse edge edison ember emerald empire encompass encore energy envoy epic equity era essence everest evergreen excel express extra eve falcon family fancy farmers fast fiesta first fit
flame flash fleet flex flight flow flux focus force ford forever forge fortune forward fossil foundation fox freedom fresh friday frontier fuel fun fusion future galaxy gap gem general genesis gentle giant gini glad globe glow go gold golden
good grab grace gradient grain grammar grand granite graph great green greyhound grid grip grove guardian guess gulf gusto habit halo harbor harmony harvest haven hawk head hearth hearst heart helm help herald heritage hermes hero
hive hollow home honest honey honor hope horizon host house hub hyper icon ideal idea igloo image impact independent indigo infinity ink insight instant integrity ion iron island ivory jade jaguar jet jewel join journey
joy jump juniper kayak key kind kindle kite kiwi knot lamb lane lark lattice launch laurel leap legacy lemonade level liberty life lift light lily lime limit line linear link lion live lodge loft logic loom loop lotus lucid lumen luna lush
lynx lyric macro magic magnet magnolia maple mars mariner marathon mark match max meadow media medium mercury meridian meta metro midas mine mini mint miracle mirage mirror mission mobile modern monday monster moon morning motion mosaic
mountain move muse mustang nation national native nature navigator neat nest next nexus nickel nile nimble noble noon north northern nothing notion nova now oak oasis ocean octopus office olive olympus omega omni one onyx opal open opera
optimum oracle orange orbit orchard orchid origin orion oscar oxygen pacific palm pandora panda panther parade paragon park passport patagonia path patriot peach peak pearl pebble pelican penguin people pepper perfect phoenix pilot
pine pinnacle pioneer pitch pixel plain planet plaid play plus point polar polaris pole pop poppy porter post pottery pounce power precision premier presto prime principal prism pro progressive prosper proton prudential pulse pure purple quantum
quest quick quiet radiant radish rail rain rainbow ram range rapid raven ray razor reach ready real red redwood reef reform regal regions relay reliance remedy rent republic rescue resolve revel revolution ridge ring ripple rise river rival robin
rocket root rose round rover royal ruby rush saga sage sail salt saturn savage scout sea seal season secure select sense seven shadow shark shell shield shift shine shoe sierra signal silk silver simple simplify skip sky slack slate sling small
smart smile snap snow social solar solid solo sonic south southern southwest space spark spectrum speed spirit splash spring sprint sprout square stable staples star state stellar sterling stone storm stream street stride stripe strive subway
sugar summit sun sunrise surf surface swan sweet swift swing switch sync tab tandem tango target tempo ten thomas thrive tide tiger tile timber time toast torch total touch tower trader trail transit travelers treasure tree trek
tribe trident trinity triumph true trust twist two ultra union unity united universal urban us usher valley value vanguard vans vector vega velocity venture venus verge verity vessel vibe victory view viking village vine vintage virgin visa
vision vista vital vivid volt wave way web wells west western whirlpool whisper whole wild willow wind wing wish wolf wonder world wrangler wren yield young zen zenith zip zone zoom
amigo amistad amor avanza banca barrio bimbo caja camper casa cielo claro corte cosecha dia dinamo directa doble encuentro energia estrella exito fenix fiel firme fresco gloria gigante guia hogar iman
jumbo jazz lago libre mango mar masa movil mundo naranja natura norte nube oriente oro paloma pan pascual pelayo plata popular provincial punto rayo roca sabor santander sol sur
tierra tigo triangulo uno vida viento vitalicio
acqua adesso alleanza amica amo ancora aria bella bravo buona cattolica campo come coop dado dolce doro fiera fresca generali giglio gioia lampo lavoro lei mare
mela mio mondo moto notte ora ovo pace palmera piazza piccola poste pronto quattro reale rosa sereno sole sorriso stella tim tre tuo tutto unica vela verde via vento vera vivo
ben amy jack wendy wendys dave macy paul lloyd lloyds albert charles ernst edward jones morgan stanley sharp lee levi ralph lauren michael kors kate spade carter tiffany nina
`

// commonNamesHan are everyday Chinese words that are also names of companies.
const commonNamesHan = `
移动 电信 乐购 广电 小米 苹果 黑莓 魅力 锤子 荣耀 金立 平安 太平 太平洋 光大 民生 建设 交通 农业 工商 邮政 中原 中国 人寿 阳光 大地 安心 永安 新华
大众 长城 长安 现代 福特 理想 奔驰 捷豹 红旗 海尔 美的 老板 联想 方正 神舟 同方 华为 头条 快手 探探
盒马 物美 美团 高德 青桔 飞猪 同程 如家 全季 锦江 七天 香格里拉
菜鸟 喜茶 西贝 真功夫 光明 旺旺 统一 春秋 东方 南方 吉祥 首都 四川 山东 深圳 厦门
芒果 凤凰 壳牌 燃气 橘子 橙 三角洲 目标 间隙 壳 追逐 蜂鸟 跑腿 自如 贝壳 中介 好未来
`

// namesakePhrases are what the words above most often mean when they are no
// company: inside one of these a name is none. A * ends a prefix, _ is a blank.
const namesakePhrases = `
river_delta nile_delta mekong_delta mississippi_delta okavango_delta danube_delta ganges_delta pearl_river_delta delta_variant delta_blues delta_force delta_wave* delta_function delta_wing delta_of the_delta's_mouth delta_x alpha_delta
delta_del_rio delta_del_ebro delta_del_parana delta_del_po delta_del_nilo variante_delta variante_del_delta delta_del
apple_pie* apple_tree* apple_juice apple_cider apple_sauce apple_orchard* apple_picking apple_crumble apple_cake apple_core apple_tart* apple_blossom* apple_slice* adam's_apple big_apple bad_apple rotten_apple green_apple* red_apple* an_apple_a_day
toffee_apple candy_apple apple_of_my_eye apple_butter apple_peel apple_cobbler apple_fritter* apple_strudel apple_varieties
orange_juice orange_peel orange_tree* orange_zest orange_marmalade blood_orange* bright_orange orange_slice* orange_color orange_colour agent_orange orange_county orange_grove* orange_blossom orange_light orange_sky navel_orange* an_orange
target_practice target_audience target_market target_group target_date target_price price_target on_target off_target target_heart moving_target soft_target target_language target_weight hit_the_target target_of sales_target*
gap_year gap_between generation_gap wage_gap gender_gap gap_in the_gap_between mind_the_gap close_the_gap bridge_the_gap gap_toothed pay_gap gap_analysis
sea_shell* egg_shell* shell_script* shell_company shell_companies shell_game shell_shock* turtle_shell* in_a_shell nut_shell shell_of_a snail_shell* taco_shell* shell_prompt unix_shell bash_shell pasta_shell*
chase_scene car_chase chase_down cut_to_the_chase chase_after wild_goose_chase to_chase chase_away
sprint_finish sprint_planning two_week_sprint sprint_to sprint_review sprint_retrospective final_sprint sprint_goal
united_states united_kingdom united_nations united_front united_arab manchester_united leeds_united newcastle_united west_ham_united united_we_stand united_in united_against
american_dream african_american native_american american_idol american_football latin_american american_people american_flag american_cheese american_english
southwest_of the_southwest southwest_wind* southwest_corner tourist_visa student_visa work_visa visa_waiver visa_application* visa_on_arrival visa_interview entry_visa transit_visa
amazon_rainforest amazon_river amazon_basin amazon_forest amazon_jungle amazon_rain_forest selva_amazonica
general_motors'_general in_general surgeon_general attorney_general general_public general_idea blue_sky clear_sky night_sky sky_high the_sky in_the_sky sky_blue
square_root square_feet square_meters square_foot town_square back_to_square times_square red_square square_dance subway_station* subway_ride new_york_subway subway_car subway_line* subway_platform
virgin_olive extra_virgin virgin_mary virgin_islands virgin_forest virgin_birth zoom_lens zoom_in zoom_out best_of best_buy_of day_of ring_finger wedding_ring engagement_ring ring_road boxing_ring key_ring
mango_tree* mango_lassi mango_salsa ripe_mango* mango_juice zumo_de_naranja jugo_de_naranja media_naranja naranja_sanguina color_naranja camisa_naranja pastel_de_manzana tarta_de_manzana zumo_de_mango arbol_de_mango
santander_ciudad bahia_de_santander provincia_de_santander peninsula_iberica de_sol puesta_de_sol rayo_de_sol media_luna luna_llena mar_de punto_de_vista a_punto_de en_claro esta_claro claro_que por_supuesto
vento_di colpo_di_vento torta_di_mele succo_d'arancia arancia_rossa chiaro_di_luna via_di in_via campo_di_grano succo_di_mela tre_giorni
小米粥 小米饭 小米糊 小米辣 小米椒 小米面 小米汤 小米加步枪 小米南瓜 喝小米 熬小米 煮小米 一把小米 黄小米 小米椒 小米锅巴 小米红枣
苹果派 苹果树 苹果汁 苹果醋 苹果园 苹果皮 吃苹果 苹果核 红苹果 青苹果 烂苹果 苹果酱 苹果干 削苹果 一个苹果 两个苹果 几个苹果 一斤苹果 一箱苹果 苹果肌 苹果花 摘苹果 洗苹果 阿克苏苹果 烟台苹果
移动到 移动了 移动着 移动鼠标 移动光标 移动端 移动硬盘 移动电源 移动支付 移动互联网 移动平均 可移动 向左移动 向右移动 来回移动 缓慢移动 慢慢移动 移动办公 移动设备 移动距离 移动速度 自由移动 移动文件 移动一下 移动家具 移动桌子 无法移动 上下移动 左右移动 移动城堡 移动靶 移动式 板块移动 移动通信技术 移动沙发
电信诈骗 电信网络诈骗 电信业 电信行业 联通性 连通 交通事故 交通拥堵 公共交通 交通灯 交通工具 交通规则 建设工地 城市建设 建设性 经济建设 平安夜 一路平安 保平安 平安无事 报平安 平安归来 平安到达 平安符 平安喜乐
阳光明媚 阳光灿烂 晒阳光 阳光很好 阳光下 阳光房 一缕阳光 阳光照 大众点评网友 人民大众 大众化 大众传媒 普罗大众 社会大众 大众口味 爬长城 万里长城 长城脚下 八达岭长城 登长城 理想的 理想化 理想主义 我的理想 有理想 理想是 不理想 理想状态 现代人 现代社会 现代化 现代文学
老板娘 老板说 我老板 饭店老板 老板人 光明的 光明正大 一片光明 荣耀感 无上荣耀 东方红 南方人 南方城市 在南方 春秋时期 春秋战国 大地震 大地上 太平洋沿岸 太平洋战争 海归 统一的 统一了 统一标准 不统一 祖国统一 凤凰古城 凤凰山 凤凰男 贝壳类 捡贝壳 贝壳粉 菜鸟一枚 我是菜鸟 头条新闻 上头条 今日头条新闻
`
