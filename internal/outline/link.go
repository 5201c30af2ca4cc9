package outline

import (
	"strings"

	"normmap/internal/pattern"
)

// Link is a link of a text. Its Text is what a reader clicks on.
type Link struct {
	Whole, Text Span
	Target      string
	// Missing says that the address was lost: [text](#) or [text]().
	Missing bool
}

var (
	inline = pattern.New(`\[((?:\\.|[^\[\]\\]|\[(?:\\.|[^\[\]\\])*\])+?)\]\(\s*<?([^\s()<>]*(?:\([^\s()]*\)[^\s()]*)*)>?(?:\s+"[^"]*")?\s*\)`)
	bare   = pattern.New(`<?(https?://[^\s<>"|]+[^\s<>"|.,;:!?)\]*_'»”])>?`)
)

// Links returns the links within a stretch of a text, in order.
func Links(text string, within Span) []Link {
	var out []Link
	from := within.Start
	for _, m := range inline.FindAllStringSubmatchIndex(within.Of(text), -1) {
		out = append(out, bareLinks(text, Span{from, within.Start + m[0]})...)
		target := text[within.Start+m[4] : within.Start+m[5]]
		out = append(out, Link{
			Whole:   Span{within.Start + m[0], within.Start + m[1]},
			Text:    Span{within.Start + m[2], within.Start + m[3]},
			Target:  target,
			Missing: strings.Trim(target, "#") == "",
		})
		from = within.Start + m[1]
	}
	return append(out, bareLinks(text, Span{from, within.End})...)
}

func bareLinks(text string, within Span) []Link {
	var out []Link
	for _, m := range bare.FindAllStringSubmatchIndex(within.Of(text), -1) {
		s := Span{within.Start + m[2], within.Start + m[3]}
		out = append(out, Link{Whole: Span{within.Start + m[0], within.Start + m[1]}, Text: s, Target: s.Of(text)})
	}
	return out
}
