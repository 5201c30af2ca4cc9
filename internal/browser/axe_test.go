package browser

import (
	"fmt"
	"os"
	"strings"

	"github.com/chromedp/chromedp"
)

// axeFile is the path of axe-core's axe.min.js, "" when there is none.
func axeFile() string { return os.Getenv("NORMMAP_AXE") }

// axeRun has axe check the page by every rule of WCAG 2.2 AA and its own
// advice.
const axeRun = `axe.run(document, {
	resultTypes: ["violations"],
	runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}).then(r => r.violations.map(v => ({
	Rule: v.id, Help: v.help, Nodes: v.nodes.map(n => n.html.slice(0, 160) + " at " + n.target.join(" ")),
})))`

// violation is a rule that the page breaks, and where.
type violation struct {
	Rule, Help string
	Nodes      []string
}

func (v violation) String() string {
	return fmt.Sprintf("axe %s (%s) %d times: %s", v.Rule, v.Help, len(v.Nodes), strings.Join(v.Nodes[:min(3, len(v.Nodes))], "; "))
}

// axe returns the rules that the page breaks as it is shown now.
func (b *tab) axe() []violation {
	b.t.Helper()
	if !eval[bool](b, `typeof axe === "object"`) {
		script, err := os.ReadFile(axeFile())
		if err != nil {
			b.t.Fatal(err)
		}
		eval[chromedp.Void](b, string(script)+"; undefined")
	}
	return eval[[]violation](b, axeRun, chromedp.EvalAwaitPromise)
}
