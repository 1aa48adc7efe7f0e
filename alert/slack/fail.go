package slack

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"slices"
	"sync/atomic"

	api "github.com/slack-go/slack"

	"earshot/alert"
)

// errNoAnswer is a success that does not say which message it made.
var errNoAnswer = errors.New("the answer names no message")

// written remembers how far a request came: only a request that never left may
// be repeated without looking first.
type written struct {
	traced atomic.Bool // the transport reports at all
	sent   atomic.Bool
}

// watch makes requests under the context report what was written.
func watch(ctx context.Context) (context.Context, *written) {
	w := &written{}
	trace := &httptrace.ClientTrace{
		GetConn:      func(string) { w.traced.Store(true) },
		WroteHeaders: func() { w.sent.Store(true) },
	}
	return httptrace.WithClientTrace(ctx, trace), w
}

// left says whether the request may have reached Slack.
func (w *written) left(err error) bool {
	if w.sent.Load() {
		return true
	}
	if op, ok := errors.AsType[*net.OpError](err); ok && op.Op == "dial" {
		return false
	}
	return !w.traced.Load()
}

// failed says what a failed call means. The cause keeps Slack's own word for
// it and drops the address and whatever else could hold a secret.
func failed(what string, err error, w *written) *alert.SendError {
	e := &alert.SendError{Kind: alert.InDoubt, Err: fmt.Errorf("slack: %s: %w", what, cause(err))}
	if limited, ok := errors.AsType[*api.RateLimitedError](err); ok {
		e.Kind, e.After = alert.Retry, limited.RetryAfter
		return e
	}
	if refused, ok := errors.AsType[api.SlackErrorResponse](err); ok {
		e.Kind = kindOf(refused.Err)
		return e
	}
	if status, ok := errors.AsType[api.StatusCodeError](err); ok {
		e.Kind = kindOfStatus(status.Code)
		return e
	}
	if _, ok := errors.AsType[*url.Error](err); (ok || errors.Is(err, context.Canceled)) && !w.left(err) {
		e.Kind = alert.Retry
	}
	return e
}

// cause strips the request's address from network errors.
func cause(err error) error {
	if e, ok := errors.AsType[*url.Error](err); ok {
		return e.Err
	}
	if _, ok := errors.AsType[*json.SyntaxError](err); ok || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) {
		return errors.New("the answer was cut off or is not JSON")
	}
	return err
}

// kindOf reads Slack's error word; a word we do not know is about the message.
func kindOf(word string) alert.ErrorKind {
	switch word {
	case "ratelimited", "rate_limited", "message_limit_exceeded", "request_timeout", "service_unavailable", "team_added_to_org", "accesslimited", "slow_down":
		return alert.Retry
	case "internal_error", "fatal_error":
		return alert.InDoubt
	case "channel_not_found", "is_archived", "not_in_channel", "user_not_found", "users_not_found", "user_disabled", "cannot_dm_bot", "user_not_visible",
		"restricted_action", "restricted_action_read_only_channel", "restricted_action_thread_only_channel", "restricted_action_non_threadable_channel",
		"channel_type_not_supported", "messages_tab_disabled", "is_inactive", "team_not_found", "not_reply_in_thread":
		return alert.Gone
	case "invalid_auth", "not_authed", "token_revoked", "token_expired", "account_inactive", "missing_scope", "no_permission", "org_login_required",
		"ekm_access_denied", "not_allowed_token_type", "enterprise_is_restricted", "access_denied", "two_factor_setup_required", "app_not_installed":
		return alert.Auth
	}
	return alert.Invalid
}

func kindOfStatus(code int) alert.ErrorKind {
	switch {
	case code == http.StatusServiceUnavailable, code == http.StatusTooManyRequests:
		return alert.Retry
	case code == http.StatusUnauthorized, code == http.StatusForbidden, code == http.StatusProxyAuthRequired:
		return alert.Auth
	case code == http.StatusNotFound, code == http.StatusGone:
		return alert.Gone
	case code >= 500, code == http.StatusRequestTimeout:
		return alert.InDoubt
	}
	return alert.Invalid
}

// repeatable turns doubt into a retry, for calls that may be made twice.
func repeatable(e *alert.SendError) *alert.SendError {
	if e.Kind == alert.InDoubt {
		e.Kind = alert.Retry
	}
	return e
}

// vanished says whether the message to edit is no longer there: a person took
// it away, and we do not put it back.
func vanished(err error) bool {
	refused, ok := errors.AsType[api.SlackErrorResponse](err)
	return ok && slices.Contains([]string{"message_not_found", "cant_update_message", "edit_window_closed", "thread_not_found"}, refused.Err)
}
