package web

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"earshot"

	"golang.org/x/crypto/argon2"
)

// Parameters of argon2id (RFC 9106): 32 MiB, three passes, one lane, about a
// tenth of a second. They stand in each hash, so they may change.
const (
	argonMemory = 32 << 10 // KiB
	argonPasses = 3
	argonLanes  = 1
	saltBytes   = 16
	keyBytes    = 32
)

// Limits of a password, in characters and in bytes.
const (
	minPassword = 12
	maxPassword = 256
)

// hasher bounds how many hashes are made at once, and how many wait: however
// many log in together, memory stays below hashersAtOnce times argonMemory.
type hasher struct{ working, waiting chan struct{} }

const (
	hashersAtOnce  = 2
	hashersWaiting = 16
)

func newHasher() hasher {
	return hasher{make(chan struct{}, hashersAtOnce), make(chan struct{}, hashersWaiting)}
}

var errBusy = &earshot.Fault{Code: "busy", What: "Too many people sign in at this moment", Do: "try again in a few seconds"}

// do runs f when there is room; errBusy if too many wait already.
func (h hasher) do(ctx context.Context, f func()) error {
	select {
	case h.waiting <- struct{}{}:
	default:
		return errBusy
	}
	defer func() { <-h.waiting }()
	select {
	case h.working <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() { <-h.working }()
	f()
	return nil
}

// hash returns a password in the form $argon2id$v=19$m=..,t=..,p=..$salt$key.
func (h hasher) hash(ctx context.Context, password string) (text string, err error) {
	salt := make([]byte, saltBytes)
	if _, err := rand.Read(salt); err != nil {
		return "", fmt.Errorf("salt: %w", err)
	}
	err = h.do(ctx, func() {
		key := argon2.IDKey([]byte(password), salt, argonPasses, argonMemory, argonLanes, keyBytes)
		text = fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, argonMemory, argonPasses, argonLanes,
			base64.RawStdEncoding.EncodeToString(salt), base64.RawStdEncoding.EncodeToString(key))
	})
	return text, err
}

// nobody is what is compared when there is no such person, so that it takes as long.
var nobody = fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, argonMemory, argonPasses, argonLanes,
	base64.RawStdEncoding.EncodeToString(make([]byte, saltBytes)), base64.RawStdEncoding.EncodeToString(make([]byte, keyBytes)))

// matches says whether the password is the one that was hashed to text.
func (h hasher) matches(ctx context.Context, password, text string) (ok bool, err error) {
	parts := strings.Split(text, "$")
	var memory, passes uint32
	var lanes uint8
	if len(parts) != 6 || parts[1] != "argon2id" {
		return false, fmt.Errorf("password: %w", errHash)
	}
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &memory, &passes, &lanes); err != nil || memory > 4*argonMemory || passes == 0 || passes > 20 || lanes == 0 {
		return false, fmt.Errorf("password: %w", errHash)
	}
	salt, err := base64.RawStdEncoding.DecodeString(parts[4])
	if err != nil {
		return false, fmt.Errorf("password: %w", errHash)
	}
	want, err := base64.RawStdEncoding.DecodeString(parts[5])
	if err != nil || len(want) != keyBytes {
		return false, fmt.Errorf("password: %w", errHash)
	}
	err = h.do(ctx, func() {
		ok = subtle.ConstantTimeCompare(argon2.IDKey([]byte(password), salt, passes, memory, lanes, keyBytes), want) == 1
	})
	return ok, err
}

var errHash = &earshot.Fault{Code: "password_hash", What: "The stored password cannot be read", Do: "ask an admin for a login link and set a new one"}

// checkPassword says what is wrong with a new password, in a fault.
func (v *visit) checkPassword(name, password, again string) error {
	w := v.W
	bad := func(what string) error { return &earshot.Fault{Code: "password", What: what} }
	switch {
	case password != again:
		return bad(w.PasswordDiffers)
	case utf8.RuneCountInString(password) < minPassword:
		return bad(w.PasswordShort.With("n", itoa(minPassword)))
	case len(password) > maxPassword:
		return bad(w.PasswordLong)
	case !utf8.ValidString(password) || strings.ContainsFunc(password, unicode.IsControl):
		return bad(w.PasswordControl)
	case easyPassword(name, password):
		return bad(w.PasswordEasy)
	}
	return nil
}

// easyPassword says whether a password of good length is guessed at once: few
// different characters, or made of the name and the words everybody takes.
func easyPassword(name, password string) bool {
	different := map[rune]bool{}
	for _, r := range password {
		different[unicode.ToLower(r)] = true
	}
	rest := strings.ToLower(password)
	for _, w := range []string{strings.ToLower(name), "password", "passwort", "contraseña", "earshot", "qwertyuiop", "qwerty", "letmein", "welcome", "admin", "123456789", "12345678", "1234567", "123456", "12345", "1234", "123"} {
		if w != "" {
			rest = strings.ReplaceAll(rest, w, "")
		}
	}
	return len(different) < 5 || utf8.RuneCountInString(rest) < 4
}
