// Package slack sends cards to Slack and reads what people click there; it is
// the only package that knows Slack. It may POST to the operator's Slack, and
// nothing else.
package slack
