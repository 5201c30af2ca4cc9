package postgres

import (
	"encoding/json"
	"fmt"
	"regexp"
)

// planNode is a step of a plan as it is logged: what a person looks at first,
// and nothing that holds a value.
type planNode struct {
	Step   string      `json:"step"`
	On     string      `json:"on,omitempty"`    // a table, or a part of the statement
	Index  string      `json:"index,omitempty"` //
	Rows   float64     `json:"rows"`            // as the planner guesses
	Cost   float64     `json:"cost"`            // the same
	Where  []string    `json:"where,omitempty"` // conditions, with a mark for each value
	Inside []*planNode `json:"inside,omitempty"`
}

// explained is a step as the database tells it.
type explained struct {
	Step     string      `json:"Node Type"`
	Relation string      `json:"Relation Name"`
	CTE      string      `json:"CTE Name"`
	Function string      `json:"Function Name"`
	Index    string      `json:"Index Name"`
	Rows     float64     `json:"Plan Rows"`
	Cost     float64     `json:"Total Cost"`
	Cond     string      `json:"Index Cond"`
	Recheck  string      `json:"Recheck Cond"`
	Hash     string      `json:"Hash Cond"`
	Merge    string      `json:"Merge Cond"`
	Join     string      `json:"Join Filter"`
	Filter   string      `json:"Filter"`
	OneTime  string      `json:"One-Time Filter"`
	Plans    []explained `json:"Plans"`
}

// readPlan takes of a plan what may be logged.
func readPlan(raw []byte) (*planNode, error) {
	var told []struct {
		Plan explained `json:"Plan"`
	}
	if err := json.Unmarshal(raw, &told); err != nil || len(told) == 0 {
		return nil, fmt.Errorf("reading a plan: %w", err)
	}
	return told[0].Plan.node(), nil
}

func (e explained) node() *planNode {
	n := &planNode{Step: e.Step, On: e.Relation + e.CTE + e.Function, Index: e.Index, Rows: e.Rows, Cost: e.Cost}
	for _, c := range []string{e.Cond, e.Recheck, e.Hash, e.Merge, e.Join, e.Filter, e.OneTime} {
		if c != "" {
			n.Where = append(n.Where, masked(c))
		}
	}
	for _, p := range e.Plans {
		n.Inside = append(n.Inside, p.node())
	}
	return n
}

// lexeme is a name, which may be in double quotes and may end in digits, or a
// value: a text in single quotes, doubled inside, or a number.
var lexeme = regexp.MustCompile(`"(?:[^"]|"")*"|'(?:[^']|'')*'|\d[\d.]*|[\pL_$][\pL\d_$]*`)

// masked is a condition without the values that the planner wrote into it.
func masked(condition string) string {
	return lexeme.ReplaceAllStringFunc(condition, func(l string) string {
		if l[0] == '\'' || '0' <= l[0] && l[0] <= '9' {
			return "?"
		}
		return l
	})
}
