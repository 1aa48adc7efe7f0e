package store

import (
	"errors"
	"fmt"
	"os"
	"syscall"

	"earshot"
)

// lockFile keeps a second daemon away from the same SQLite database. The
// kernel drops the lock when the process ends, however it ends.
type lockFile struct{ f *os.File }

func takeLock(path string) (*lockFile, error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, &earshot.Fault{Code: "store_lock", What: "cannot make the lock file", Do: "make the database's folder writable for this user", Err: err}
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		if errors.Is(err, syscall.EWOULDBLOCK) {
			err = &earshot.Fault{Code: "store_locked", What: "another Earshot is running on this database",
				Do: "stop it first, or give this one another storage.dsn; several copies share a PostgreSQL database"}
		} else {
			err = fmt.Errorf("lock %s: %w", path, err)
		}
		return nil, errors.Join(err, f.Close())
	}
	return &lockFile{f: f}, nil
}

// release gives the lock back. The file stays: removing it would let two
// daemons lock two different files of the same name.
func (l *lockFile) release() error { return l.f.Close() }
