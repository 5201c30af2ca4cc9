package ui

import "strings"

// span is a piece of a message: plain, or marked as link, emphasis or code.
type span struct {
	mark byte // '[', '*', '`', or 0 for plain text
	text string
	href string
}

var closing = map[byte]byte{'[': ']', '*': '*', '`': '`'}

// spans takes a message apart: [links], which get the addresses in their
// order, *emphasis* and `code`. A mark that is not closed is plain text.
func spans(message string, links []string) []span {
	var out []span
	for message != "" {
		i := strings.IndexAny(message, "[*`")
		end := -1
		if i >= 0 {
			end = strings.IndexByte(message[i+1:], closing[message[i]])
		}
		if end < 0 {
			return append(out, span{text: message})
		}
		if i > 0 {
			out = append(out, span{text: message[:i]})
		}
		s := span{mark: message[i], text: message[i+1 : i+1+end]}
		if s.mark == '[' && len(links) > 0 {
			s.href, links = links[0], links[1:]
		}
		out = append(out, s)
		message = message[i+end+2:]
	}
	return out
}

func elsewhere(address string) bool {
	return !strings.HasPrefix(address, "/") && !strings.HasPrefix(address, "#")
}
