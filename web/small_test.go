package web

import "testing"

func TestAStyleSheetLosesOnlyWhatPeopleNeed(t *testing.T) {
	t.Parallel()
	for sheet, want := range map[string]string{
		"/* a; b */\n.a,\n.b > .c { color: red; }\n":                                        ".a,.b>.c{color:red}",
		".a :first-child { margin: 0 auto; }":                                               ".a :first-child{margin:0 auto}",
		`.a::after { content: " {x}; /* y */ "; }`:                                          `.a::after{content:" {x}; /* y */ "}`,
		"@media (min-width: 40rem) and (width > 1rem) { .a { inset: calc(1px + 2px) 0; } }": "@media (min-width:40rem) and (width>1rem){.a{inset:calc(1px + 2px) 0}}",
		".a /* why */ .b { font: 0.9rem/1.5 var(--sans, serif); }":                          ".a .b{font:0.9rem/1.5 var(--sans,serif)}",
	} {
		if got := string(smallStyle([]byte(sheet))); got != want {
			t.Errorf("%s: got %s, want %s", sheet, got, want)
		}
	}
}
