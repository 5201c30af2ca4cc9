package page

import "testing"

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
