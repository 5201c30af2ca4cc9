package contribution_test

import "testing"

// A document is called by its title, not by the heading of one of its parts, by its
// sender or by the name of its file.
func TestADocumentIsCalledByItsTitle(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	const items = "\n\n- We run a help desk for schools (Paris Call principle 1).\n- We teach (Paris Call principle 5).\n"
	for text, want := range map[string]string{
		"# What we do" + items:                                "What we do",
		"Microsoft\n20 October 2021\n\n## What we do" + items: "Contribution of Microsoft, 2021-10-20",
		"# Microsoft\n\n## What we do" + items:                "Contribution of Microsoft",
		"# Answers to the call of 2021\n\n20 October 2021\n\n## Introduction\n\nWe are many.\n\n## What we do" + items:   "Answers to the call of 2021",
		"Microsoft\n\n# Answers to the call of 2021\n\n## 1. Introduction\n\nWe are many.\n\n## 2. What we do" + items:   "Answers to the call of 2021",
		"## 1. Introduction\n\nWe are many.\n\n## 2. Projects and programmes" + items:                                    "Contribution of Microsoft",
		"## Introduction\n\nWe are many.\n\n## Projects and programmes" + items + "\n## Views\n\nWe have none of these.": "Contribution of Microsoft",
		"# 10 years of trust" + items: "10 years of trust",
		"20 October 2021" + items:     "Contribution of Microsoft, 2021-10-20",
	} {
		if _, c := d.looksAt("scan 0001.md", text, ""); c.Title() != want {
			t.Errorf("%q is called %q, want %q", text, c.Title(), want)
		}
	}
}
