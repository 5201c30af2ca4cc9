package serve

import (
	"encoding/base32"
	"io"
	"sync"
)

// requestIDs name requests in the log and to readers. Names are no secrets, so many
// are drawn at once.
type requestIDs struct {
	random io.Reader
	mu     sync.Mutex
	drawn  [64 * idBytes]byte
	left   []byte
}

const idBytes = 5

// idLetters are those of base32, in lower case.
var idLetters = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567")

// next is a name that no other request has.
func (i *requestIDs) next() string {
	i.mu.Lock()
	defer i.mu.Unlock()
	if len(i.left) == 0 {
		if _, err := io.ReadFull(i.random, i.drawn[:]); err != nil {
			return "none"
		}
		i.left = i.drawn[:]
	}
	var name [8]byte
	idLetters.Encode(name[:], i.left[:idBytes])
	i.left = i.left[idBytes:]
	return string(name[:])
}
