package api

import (
	"encoding/json"
	"mime"
	"net/http"
	"strings"

	"normmap/internal/contribution"
)

// linesType is the type of an answer whose every line is a JSON object.
const linesType = "application/x-ndjson"

// ImportLine is one line of an answer that tells how far the work is. All but
// the last have a stage.
type ImportLine struct {
	Stage    contribution.Stage `json:"stage,omitempty" enum:"waiting,text,reading,citations,checking,staging" doc:"What is being done: others are waited for, the file becomes text, its structure is made out, what is cited is looked up, edits are tried out, and staged."`
	Done     int                `json:"done,omitempty" doc:"Of checking and staging: how many edits are done."`
	Of       int                `json:"of,omitempty" doc:"How many there are."`
	Status   int                `json:"status,omitempty" doc:"Of the last line: the status that the answer would have had."`
	Location string             `json:"location,omitempty" doc:"The proposal's address, with the status 201."`
	Result   any                `json:"result,omitempty" doc:"Of the last line: what came of it."`
	Problem  *failure           `json:"problem,omitempty" doc:"Of the last line: why nothing came of it, a problem document."`
}

// takesLines tells whether the client names the type of lines.
func takesLines(r *http.Request) bool {
	for one := range strings.SplitSeq(strings.Join(r.Header.Values("Accept"), ","), ",") {
		if kind, params, err := mime.ParseMediaType(one); err == nil && kind == linesType && params["q"] != "0" {
			return true
		}
	}
	return false
}

// answerInLines tells how far the work is while it is done.
func (i importRequest) answerInLines() {
	i.w.Header().Set("Content-Type", linesType)
	i.w.WriteHeader(http.StatusOK)
	var out imported
	var err error
	contribution.Follow(
		func(tell func(contribution.Progress)) { out, err = i.do(i.r.Context(), tell) },
		func(p contribution.Progress) { i.line(ImportLine{Stage: p.Stage, Done: p.Done, Of: p.Of}) },
	)
	if err != nil {
		f := i.problem(err)
		i.line(ImportLine{Status: f.Status, Problem: &f})
		return
	}
	i.line(ImportLine{Status: out.Status, Location: out.Location, Result: out.Result})
}

// line sends a line at once. Whoever hung up cannot be told: the end of the
// request ends the work.
func (i importRequest) line(l ImportLine) {
	if err := json.NewEncoder(i.w).Encode(l); err == nil {
		_ = http.NewResponseController(i.w).Flush()
	}
}
