package words

func chineseCards() Cards {
	return Cards{Times: chineseTimes(), Labels: chineseLabels(), Heads: chineseHeads(), Fields: chineseFields(), Notes: chineseNotes(),
		Buttons: chineseButtons(), Sayings: chineseSayings(), Lines: chineseLines(), Lists: chineseLists(), Dialogs: chineseDialogs(), Drafts: chineseDrafts(), LedgerCards: chineseLedgerCards()}
}

// same is the plural of a language that has none.
func same(t Text) Plural { return Plural{One: t, Other: t} }

func chineseTimes() Times {
	return Times{
		Seconds: "{n} 秒", Minutes: "{n} 分钟", Hours: "{n} 小时", HoursMinutes: "{h} 小时 {m} 分", DaysHours: "{d} 天 {h} 小时",
		Days:     same("{n} 天"),
		DateLong: "{month}{day}日{weekday}", DateTime: "{month}{day}日 {time} {zone}",
		Today: "今天 {time}", WeekdayTime: "{weekday} {time}", DayTime: "{month}{day}日 {time}",
		Weekdays:    [7]string{"周日", "周一", "周二", "周三", "周四", "周五", "周六"},
		Months:      [12]string{"1月", "2月", "3月", "4月", "5月", "6月", "7月", "8月", "9月", "10月", "11月", "12月"},
		MonthsShort: [12]string{"1月", "2月", "3月", "4月", "5月", "6月", "7月", "8月", "9月", "10月", "11月", "12月"},
		Comma:       "，", And: "和", Stop: "。", Quote: "“{text}”",
	}
}

func chineseLabels() Labels {
	return Labels{
		Intents: map[string]string{"complaint": "投诉", "compliment": "表扬", "question": "提问", "request": "请求", "none": "提及"},
		Nouns:   map[string]string{"complaint": "投诉", "compliment": "表扬", "question": "提问", "request": "请求", "none": "提及"},
		Many:    map[string]string{"complaint": "条投诉", "compliment": "条表扬", "question": "条提问", "request": "条请求", "none": "条提及"},
		The:     map[string]string{"complaint": "投诉", "compliment": "表扬", "question": "提问", "request": "请求", "none": "提及"},
		Statuses: map[string]string{
			"dismissed": "已排除", "closed": "已结案", "resolved": "已解决", "responded": "已答复", "overdue": "已逾期", "promised": "已承诺",
			"unconfirmed": "待确认", "seen": "已看到", "claimed": "处理中", "new": "新",
		},
		Facets: map[string]string{
			"product": "产品", "service": "服务", "staff": "人员", "process": "流程", "policy": "规定", "price": "价格", "image": "形象",
		},
		Outcomes: map[string]string{
			"fixed": "已修复：原因已消除", "compensated": "已补偿：退款、抵扣或更换", "explained": "已说明", "thanked": "已致谢",
			"declined": "已答复，未同意", "no_reply": "决定不答复",
		},
		Evidence: map[string]string{
			"official": "官方答复", "claimed": "自称代表公司，未经证实", "backlink": "公司页面的链接", "author_update": "作者更新",
			"author_silence": "作者说没有答复", "third_party": "他人这样说", "seen": "已看到", "promise": "承诺", "marked": "人工标记",
		},
		EvidenceSay: map[string]Text{
			"official": "{who}的官方答复", "claimed": "{who}自称代表公司", "backlink": "{who}链接到了原文",
			"author_update": "作者说已收到答复", "author_silence": "作者说没有收到答复", "third_party": "他人这样说：{who}",
			"seen": "{who}已看到", "promise": "{who}已承诺", "marked": "由 {who} 标记"},
		Reasons: map[string]string{
			"held_window": "不在工作时间", "capped": "已达到当天的消息上限", "min_gap": "离上次提醒太近", "grouped": "同时到来",
			"stale": "发布 14 天之后才发现",
		},
		Ask: map[string]string{
			"complaint": "这是投诉吗？", "compliment": "这是表扬吗？", "question": "这是提问吗？", "request": "这是请求吗？",
			"none": "与我们有关吗？",
		},
	}
}

func chineseHeads() Heads {
	return Heads{
		HeadUnsure: "不确定：{label}？", HeadPromised: "承诺 {time} 到期", HeadResponded: "{time}后答复", HeadMerged: "已并入 {case}",
		HeadOverdue: "已逾期", HeadPromise: "承诺，未定日期", HeadBroken: "承诺未兑现", HeadUnconfirmed: "已答复？", HeadResolved: "已解决",
		HeadReopened: "仍无答复", HeadClosed: "已结案", HeadDismissed: "已排除",
	}
}

func chineseFields() Fields {
	return Fields{
		FieldAnswer: "答复", FieldPromise: "承诺", FieldOwner: "负责人", FieldGuess: "原因（推测）", FieldCause: "原因", FieldAuthor: "作者",
		FieldOutcome: "结果",
		NoAnswer:     "尚未见到公开答复", SeenNotAnswered: "已看到，尚无公开答复", CommentsClosed: "原文评论已关闭", Nobody: "暂无",
		Nameless:      "未署名",
		EvidenceLink:  "查看作为依据的段落",
		PromiseNoDate: "已承诺，未定日期",
		Due:           "{time} 到期", WasDue: "{time} 已到期", Snoozed: "暂缓至 {time}", CannotAnswer: "{brand}在那里没有已知身份，无法看到其答复",
		Disagrees: "作者不同意 {who} 在 {time} 的标记", DisagreesAny: "作者不同意",
		PromiseDue: "已承诺，{time} 到期", PromiseLate: "未兑现，{time} 已到期", OwnerSince: "{who}，自 {time}", OwnerIdle: "{who}，尚未接手",
		FacetSeverity: "{facet}。严重程度 {n}/4", Severity: "严重程度 {n}/4", AuthorFirst: "{who}，第一次{label}",
		AuthorAgain:       "{who}，第 {n} 次{label}",
		EarlierUnanswered: same("此前有 {n} 次未获答复"),
	}
}

func chineseNotes() Notes {
	return Notes{
		Voices: same("另有 {n} 人附和"), Copies: same("{n} 处转载"), Joined: same("作者后续 {n} 篇"),
		Earlier: same("此前 {n} 个案例"), LeavingNote: "表示要离开", CutQuote: "引文", CutNotes: "部分备注",
		SecondOpinion: "第二意见：{label}",
		Similar:       "此事件及其转载立即更改；下次学习后，最近 {of} 条提及中最多有 {n} 条会随之更改。",
		ReachNote:     "影响力 {n}/5", KeyAccount: "重点客户：{name}",
		Why: "原因：规则 {rule}，置信度 {confidence}", WhyWords: "原因：规则 {rule}，{words}，置信度 {confidence}", Published: "发布于 {time}",
		Found: "{time}后发现",
		Cut:   "为节省篇幅有删节：{what}。案例页有全文", ReadTitle: "阅读原文：{site}{title}", ReadPost: "阅读原文：{site}",
		ReadTitleBare: "阅读原文：{title}",
	}
}

func chineseButtons() Buttons {
	return Buttons{
		Take: "我来处理", MarkAnswered: "标为已答复", ConfirmAnswer: "确认答复", NotAnswer: "这不是答复", MarkKept: "标为已兑现",
		MarkBroken: "标为未兑现",
		MoveDate:   "更改日期", SetOutcome: "填写结果", Reopen: "重新打开", OpenPost: "打开原文去答复", OpenCase: "打开案例", OpenQueue: "打开列表",
		MakeCard: "生成卡片",
		Draft:    "起草答复", HandOver: "转交", Snooze: "暂缓或静音", Wrong: "有误...", WhyCard: "为何提醒？", NotUs: "与我们无关",
	}
}

func chineseSayings() Sayings {
	return Sayings{
		SayNew: "{site}上有一条关于{brand}的{label}：{what}。{answer}。", SayUnsure: "{site}上可能有一条关于{brand}的{label}：{what}。请确认。",
		SayClaimed: "{who} 接手了{site}上关于{brand}的{label}。{answer}。", SayOverdue: "已逾期：{site}上关于{brand}的{label}，{what}。{owner}。",
		SayResponded: "{site}上关于{brand}的{label}在发布{time}后得到公开答复。", SayPromised: "{brand}承诺在 {time} 前答复{site}上的{label}。",
		SayPromiseNoDate: "{brand}承诺答复{site}上的{label}，未定日期。", SayUnconfirmed: "{site}上关于{brand}的{label}可能已有答复。请确认。",
		SaySeen: "{site}上关于{brand}的{label}已被看到，尚无公开答复。", SayResolved: "已解决：{site}上关于{brand}的{label}。",
		SayClosed:    "已结案：{site}上关于{brand}的{label}。{outcome}。",
		SayDismissed: "已排除：{site}上关于{brand}的{label}。", SayDismissedBy: "由 {who} 排除：{site}上关于{brand}的{label}。",
		SayMerged:   "{site}上关于{brand}的{label}已并入案例 {case}。",
		SayRemind:   "{time}后仍无答复：{site}上关于{brand}的{label}。{owner}。",
		SayEscalate: "已有{time}无人答复：{site}上关于{brand}的{label}，{what}。{owner}。",
		SayDueBy:    "{answer}，{time} 到期", SayOwner: "由 {who} 处理", SayNobody: "无人接手",
	}
}

func chineseLines() Lines {
	return Lines{
		LineBy: map[string]Text{
			"claimed": "{who} 接手了。", "assigned": "{who} 转交给 {owner}。", "snoozed": "{who} 暂缓至 {time}。",
			"corrected": "{who} 更正为：{label}。",
			"closed":    "{who} 已结案：{outcome}。", "noted": "{who} 添加了备注。", "reopened": "{who} 重新打开。", "dismissed": "{who} 已排除。",
			"merged": "{who} 并入案例 {case}。", "split": "{who} 从案例 {case} 拆出。", "undone": "{who} 撤销了上一步。",
			"promise_made": "{who} 记录了承诺，{time} 到期。", "promise_kept": "{who} 标为已兑现。", "promise_broken": "{who} 标为未兑现。",
			"opened": "{who} 新建。"},
		LineOf: map[string]Text{
			"overdue": "已逾期：应于 {time} 前答复。", "reopened": "重新打开：其实没有答复。", "promise_made": "已承诺，{time} 到期。",
			"promise_due":    "承诺将于 {time} 到期。",
			"promise_broken": "承诺 {time} 到期，未见兑现。", "merged": "已并入案例 {case}。",
			"split":  "已从案例 {case} 拆出。",
			"spiked": "许多人同时这样说。", "closed": "已结案：{outcome}。", "assigned": "现由 {owner} 处理。"},
		LineAnswer: map[string]Text{
			"none": "其实没有公开答复。", "seen": "已看到，尚无公开答复。", "unconfirmed": "可能已有答复。", "promised": "已承诺答复。",
			"responded": "已公开答复。", "resolved": "依据显示已解决。"},
		LineAnswerBy: map[string]Text{
			"none": "{who}：未答复。", "seen": "{who}：已看到。", "unconfirmed": "{who}：可能已答复。", "promised": "{who}：已承诺。",
			"responded": "{who} 标为已答复。", "resolved": "{who} 标为已解决。"},
	}
}

func chineseLists() Lists {
	return Lists{
		Digests: map[string]string{"quality": "每日质量回顾", "weekly": "每周报告", "digest": "摘要"}, DigestHead: "{digest} - {date}",
		SummaryHead: "您不在时 - {reason}", WelcomeHead: "Earshot 开始聆听",
		SectionOverdue: "已逾期，{n}", SectionDue: "即将到期，{n}", SectionNew: "新的，{n}", SectionThank: "尚未致谢，{n}",
		SectionPromise: "承诺，{n}", SectionHeld: "等待答复，{n}", SectionDone: "期间已处理，{n}", SectionWorth: "值得答复，{n}",
		ItemOver: "逾期{time}，{owner}", ItemLeft: "还剩{time}，{owner}", ItemWaits: "已等待{time}", ItemDone: "{status}",
		MoreItems:  same("另有 {n} 条"),
		SummarySay: same("有 {n} 个案例未单独发送：{reason}。"), WelcomeSay: same("Earshot 开始聆听。最近 14 天有 {n} 个案例值得答复。"),
		DigestSay: "{digest}，{date}：{counts}。", DigestNothing: "目前无人等待答复",
		HearingAll: "全部 {total} 个来源都能听到。", HearingSome: "{total} 个来源中能听到 {ok} 个。听不到：{names}。",
		HearingNothing: "尚未读取任何来源。", RulesAll: "全部 {total} 条规则有效。", RulesSome: "{total} 条规则中 {ok} 条有效。",
		SpikeHead: "激增 - {brand} - {time}内 {n} {label}，预期 {expected}", SpikeSay: "激增：{time}内 {n} {label}，关于{brand}，预期 {expected}。",
		SpikeWho: "{sites} 个网站上的 {authors} 位作者", SpikeFirst: "{site}，{time}",
		SpikeNote: "整个激增只用一张卡片，单个案例不再发送。数字回到正常范围后自动结束。", SpikeDriver: "{words}：{n}/{total}",
		SpikeAnswered: "{total} 条中 {n} 条已公开答复", CalmSay: "关于{brand}的激增已平息。",
		SpikeDrivers: "他们说什么", FieldWho: "谁", FieldFirst: "最早", OpsHead: "Earshot 需要您", OpsDo: "怎么办",
		NoEdits: "此消息不会更新，请到案例页查看最新情况",
	}
}

func chineseDialogs() Dialogs {
	return Dialogs{
		AskOutcome: "结果如何？", AskCause: "原因是什么？", AskCauseWords: "用您的话说明原因", AskOwner: "由谁处理？", AskUntil: "到什么时候？",
		AskRight: "正确的是什么？", AskDate: "新的日期", AskNote: "备注", AskBrand: "说的是另一个品牌", AskSame: "与此案例相同",
		Save: "保存", Cancel: "取消", Undo: "撤销", InAnHour: "一小时后", Tomorrow: "明天", InThreeDays: "三天后", InAWeek: "一周后",
		MuteKind:   "将此类案例静音一周",
		NotAllowed: "您可以查看案例，但不能更改。管理员可以为您开通权限。", NothingFound: "没有找到。", PickOne: "请选择一项。",
		DateGone: "请选择将来的时间。", Tracked: "Earshot 将跟踪此链接。", Muted: "已静音。",
		TitleOutcome: "填写结果", TitleHandOver: "转交", TitleSnooze: "暂缓或静音", TitleWrong: "哪里有误？", TitleMove: "更改日期",
		Raced: "{line}那是{time}前的事，您的点击没有改变任何内容。", NotKnown: "Earshot 不认识您。请管理员把您的 Slack id {id} 加入 people。",
		Failed: "未能完成：{what}",
		Help:   "可用命令：{commands}。",
		Undoable: map[string]string{
			"dismiss": "已排除。10 分钟内可以撤销。", "correct": "已更正。10 分钟内可以撤销。", "outcome": "已结案。10 分钟内可以撤销。",
			"reject": "已记录：这不是答复。10 分钟内可以撤销。",
		},
	}
}

func chineseDrafts() Drafts {
	return Drafts{
		DraftIntro: "用作者的语言写的草稿。只有您会发送：请修改、署名后自行发布。",
		Reply: map[string]Text{
			"complaint":  "{author}，您好。感谢您写下这件事。很抱歉，这本不该发生，应由我们来纠正。我正在核实，会在这里告诉您查到了什么、我们会怎么做。能否把单号发给我，以便查找？{sign}",
			"compliment": "{author}，您好。感谢您花时间写下这些，我已转告您提到的同事。{sign}",
			"question":   "{author}，您好。感谢提问。{sign}",
			"request":    "{author}，您好。感谢您的建议，我已转达，会在这里告诉您结果。{sign}",
			"none":       "{author}，您好。感谢您提到我们。{sign}"},
	}
}
