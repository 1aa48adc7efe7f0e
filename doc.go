// Package earshot holds the words of the product and the pure rules over them:
// what a mention, a verdict, a response, a case and an alert are, and how a case
// moves. It imports the standard library only and has no I/O, no clock, no
// goroutine: time comes in as a value, decisions go out as values.
//
// # One way through the house
//
//	Fetch -> Spot -> Complete -> Split -> Spot -> Judge -> Join -> Apply -> Plan -> Release -> Notify
//
// # A case has three columns, never mixed
//
// work (what people did):
//
//	        claim, assign                 outcome
//	new ------------------> claimed ------------------> closed
//	 |                         |                           |
//	 |  dismiss                | dismiss                   | reopen, or a later
//	 v                         v                           | denial by the author
//	dismissed <----------------+                           v
//	 |            reopen                          new, or claimed if owned
//	 +--------------------------------------------------> (same)
//
// answer (pure fold of responses in the order they were said; it only rises):
//
//	none < seen < unconfirmed < promised < responded < resolved
//	  ^                                        |          |
//	  +---- author_silence, third_party -------+----------+   event "reopened"
//	  a mark sets it as marked
//
// clock (pure function of events, calendar and now):
//
//	none        no SLA, or answered, closed, dismissed, or found too late
//	running --> due_soon --> overdue
//	   |            |
//	   +--> paused (snoozed, or promised until due) --> running
//
// Beside them stands the follow-up: some time after a resolution a person is
// asked whether it is really fixed; yes is a mark, no reopens the case. A case
// whose cause had been fixed before says so once ("recurred").
//
// status is the one word for cards, metrics and the API. It is derived; the first
// that holds: dismissed, closed, resolved, responded, overdue, promised,
// unconfirmed, seen, claimed, new.
package earshot
