package ui

import (
	"regexp"
	"strconv"
)

// piece is a stretch of a message, or the number of the part that stands there.
type piece struct {
	text string
	part int // 0 for a stretch of text
}

// partMark is where a part stands in a message: {1}.
var partMark = regexp.MustCompile(`\{([1-9])\}`)

// pieces takes a message apart at the marks of its first n parts. Any other
// mark is plain text.
func pieces(message string, n int) []piece {
	var out []piece
	done := 0
	for _, at := range partMark.FindAllStringSubmatchIndex(message, -1) {
		part, err := strconv.Atoi(message[at[2]:at[3]])
		if err != nil || part > n {
			continue
		}
		if at[0] > done {
			out = append(out, piece{text: message[done:at[0]]})
		}
		out = append(out, piece{part: part})
		done = at[1]
	}
	if done < len(message) {
		out = append(out, piece{text: message[done:]})
	}
	return out
}
