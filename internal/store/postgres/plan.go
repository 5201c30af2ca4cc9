package postgres

import (
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"regexp"
	"slices"
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

// plans are how the database would run statements that go together.
type plans struct {
	dearest statement
	plan    *planNode // of the dearest; nil where it says nothing
	cost    float64
	whole   []string // tables that any of the statements reads from end to end
}

// add takes the plan of one more statement.
func (p *plans) add(s statement, raw []byte) error {
	plan, cost, err := readPlan(raw)
	if err != nil {
		return err
	}
	if cost > p.cost {
		p.dearest, p.plan, p.cost = s, plan, cost
	}
	p.whole = plan.readWhole(p.whole)
	return nil
}

// attrs are what the log says of the plans, or of why there are none.
func (p plans) attrs(err error) (attrs []slog.Attr) {
	if err != nil {
		return []slog.Attr{slog.String("plan_error", withoutValues(err))}
	}
	if len(p.whole) > 0 {
		attrs = append(attrs, slog.Any("read_whole", p.whole))
	}
	if p.plan != nil {
		attrs = append(attrs, slog.Any("plan", p.plan))
	}
	return attrs
}

// readWhole adds the tables that the plan reads from end to end, each once.
func (n *planNode) readWhole(tables []string) []string {
	if n == nil {
		return tables
	}
	if n.Step == "Seq Scan" && !slices.Contains(tables, n.On) {
		tables = append(tables, n.On)
	}
	for _, inner := range n.Inside {
		tables = inner.readWhole(tables)
	}
	return tables
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

// readPlan takes of a plan what may be logged, and what the database expects it
// to cost. It is nil where it says nothing: what a function does is not in it.
func readPlan(raw []byte) (*planNode, float64, error) {
	var told []struct {
		Plan explained `json:"Plan"`
	}
	if err := json.Unmarshal(raw, &told); err != nil {
		return nil, 0, fmt.Errorf("reading a plan: %w", err)
	}
	if len(told) == 0 {
		return nil, 0, errors.New("there is no plan")
	}
	plan := told[0].Plan
	if !plan.readsTable() {
		return nil, plan.Cost, nil
	}
	return plan.node(), plan.Cost, nil
}

func (e explained) readsTable() bool {
	return e.Relation != "" || slices.ContainsFunc(e.Plans, explained.readsTable)
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
