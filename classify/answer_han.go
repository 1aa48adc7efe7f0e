package classify

// answerTraditional pairs traditional characters of the answer vocabulary with their simplified forms, so that the
// Chinese table is written once.
const answerTraditional = "覆复電电話话聯联繫系絡络應应訊讯說说會会還还沒没無无們们個个給给換换補补償偿處处後后來来過过條条寫写發发郵邮終终於于復复時时間间內内週周號号點点開开關关門门專专員员經经動动機机誠诚諾诺將将讓让對对錢钱帳账賬账賠赔盡尽從从現现這这裡里裏里嗎吗麼么誰谁見见讀读覽览閱阅評评論论視视網网問问題题決决邊边維维壞坏報报導导聲声務务總总歸归國国東东車车請请謝谢稱称貨货費费單单訴诉實实際际級级檢检測测試试驗验準准備备產产業业廠厂師师當当為为與与樓楼種种親亲聽听認认識识記记錄录標标顯显鐘钟兩两幾几萬万隨随絕绝終终僅仅約约結结續续線线極极幫帮進进達达運运遞递達达連连遲迟選选適适錯错長长際际險险願愿類类騙骗雖虽離离難难頭头頁页項项預预領领館馆飯饭飛飞該该詳详調调談谈議议護护譯译變变財财貼贴買买賣卖資资質质蹤踪輕轻轉转較较辦办農农遠远醫医釋释鋪铺鎖锁鏈链閉闭隊队階阶隱隐雙双雜杂靜静響响順顺餘余驚惊體体"

// answerSimplify gives the simplified form of a character.
func answerSimplify(r rune) rune {
	if s, ok := answerSimple[r]; ok {
		return s
	}
	return r
}

// answerSimple is answerTraditional as a map.
var answerSimple = func() map[rune]rune {
	pairs := []rune(answerTraditional)
	m := make(map[rune]rune, len(pairs)/2)
	for i := 0; i+1 < len(pairs); i += 2 {
		m[pairs[i]] = pairs[i+1]
	}
	return m
}()
