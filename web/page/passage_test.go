package page

import (
	"strings"
	"testing"
)

func TestWordsWithoutMarks(t *testing.T) {
	t.Parallel()
	for line, want := range map[string]string{
		"*(Paris Call principles 1 and 5)*":                           "(Paris Call principles 1 and 5)",
		"- We **really** use the [policy \\(CVD\\)](#), see _there_.": "- We really use the policy (CVD), see there.",
		"2 * 3 of snake_case and \\*stars":                            "2 * 3 of snake_case and *stars",
		"5*3 boxes, *5* of 3":                                         "5*3 boxes, 5 of 3",
		"(Paris Call principle 1)":                                    "(Paris Call principle 1)",
		"***":                                                         "***",
	} {
		if got := withoutMarks(line); got != want {
			t.Errorf("%q is shown as %q, want %q", line, got, want)
		}
	}
}

// Marks of a text's form are told apart, and no letter is lost.
func TestMarksOfFormAreToldApart(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"# What we do\n\n- **Safe Home filter.** A filter.\n## More #1": "# |**|**|## ",
		"No marks * of 3 # any":  "",
		"***both***, a #5 and #": "**|**",
		"":                       "",
	} {
		var all strings.Builder
		var marks []string
		for _, p := range formed(text) {
			all.WriteString(p.Text)
			if p.Mark {
				marks = append(marks, p.Text)
			}
		}
		if got := strings.Join(marks, "|"); got != want || all.String() != text {
			t.Errorf("%q: marks are %q, want %q; all of it is %q", text, got, want, all.String())
		}
	}
}
