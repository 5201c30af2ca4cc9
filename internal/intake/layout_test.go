package intake_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"normmap/internal/citation"
	"normmap/internal/intake"
)

// told prints the initiatives of a text with what each cites, its parts indented.
func told(t *testing.T, text string) string {
	t.Helper()
	var b strings.Builder
	var tell func(indent string, all []intake.Initiative)
	tell = func(indent string, all []intake.Initiative) {
		for _, i := range all {
			fmt.Fprintf(&b, "%s%s:", indent, i.Title)
			for _, r := range i.References {
				who := r.Agreement
				if who == "" {
					who = "<" + r.Name + ">"
				}
				for _, l := range r.Labels {
					fmt.Fprintf(&b, " %s/%s", who, l.Text)
				}
			}
			b.WriteByte('\n')
			tell(indent+"  ", i.Parts)
		}
	}
	tell("", read(t, citation.NewGrammar(names), text, intake.Options{}).Initiatives)
	return b.String()
}

// Layouts in which people send what they do.
func TestLayouts(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ text, want string }{
		"a table drawn with spaces": {
			"Project             Paris Call   Tech Accord\n------------------  -----------  -----------\nPhishing button     7            3\nBug bounty          5, 6         1\n",
			"Phishing button: paris-call/7 tech-accord/3\nBug bounty: paris-call/5 paris-call/6 tech-accord/1\n",
		},
		"a table drawn with spaces and no head": {
			"Phishing button     Paris Call 7\nBug bounty          Paris Call 5, 6\nTraining            Tech Accord principle 3\n",
			"Phishing button: paris-call/7\nBug bounty: paris-call/5 paris-call/6\nTraining: tech-accord/3\n",
		},
		"a column headed by a short name": {
			"We support the Cybersecurity Tech Accord (TA).\n\n| Project | TA | Paris Call |\n|---|---|---|\n| Phishing button | 3 | 7 |\n",
			"Phishing button: tech-accord/3 paris-call/7\n",
		},
		"notes at the end": {
			"## What we do\n\n- A button to report phishing.[1]\n- A bug bounty since 2019.[2]\n\n## Notes\n\n1. Paris Call principle 7.\n2. Paris Call principles 5 and 6.\n",
			"A button to report phishing: paris-call/7\nA bug bounty since 2019: paris-call/5 paris-call/6\n",
		},
		"notes with letters": {
			"## What we do\n\n- A button to report phishing [N 1].\n- A bug bounty since 2019 [N 2].\n\n[N 1] Paris Call principle 7.\n[N 2] Paris Call principles 5 and 6.\n",
			"A button to report phishing: paris-call/7\nA bug bounty since 2019: paris-call/5 paris-call/6\n",
		},
		"lines of a form, whatever they are called": {
			"### Free tools\n\nWe release tools.\n\n**Aligned with:** Tech Accord Principle 1 · Paris Call Principle 1\n**Stage:** ongoing\n\n### Bastion Academy\n\nFree courses.\n\n**Aligned with:** Tech Accord Principle 3\n**Stage:** ongoing\n",
			"Free tools: tech-accord/1 paris-call/1\nBastion Academy: tech-accord/3\n",
		},
		"records of lines under numbers": {
			"FICHE 1\nAction : Chiffrement des dossiers\nDescription : Tous sont chiffrés.\nEngagements : Appel de Paris, principe 1\nÉtat : en cours\n\nFICHE 2\nAction : Exercice annuel\nDescription : Deux jours par an.\nEngagements : Appel de Paris, principes 1 et 7\nÉtat : en cours\n",
			"Chiffrement des dossiers: paris-call/1\nExercice annuel: paris-call/1 paris-call/7\n",
		},
		"numbered paragraphs of a note": {
			"1. The Government presents its compliments to the secretariat of the Forum.\n\n2. It endorsed the Paris Call in 2019 and offers these examples.\n\n3. A response team was founded in 2018. (Paris Call, principle 1)\n\n4. Pupils receive ten lessons. (Paris Call, principle 7)\n\n5. The Government is grateful to its partners, who pay for two posts.\n",
			"A response team was founded in 2018: paris-call/1\nPupils receive ten lessons: paris-call/7\n",
		},
		"whom to ask, under a heading that cites": {
			"## Paris Call, principle 1\n\n- A response team since 2018.\n\nFor further information please turn to the Office of the Envoy.\n",
			"A response team since 2018: paris-call/1\n",
		},
		"a form under the item of a list": {
			"A. Agreements\n   Which have you signed?\n\n   The Paris Call.\n\nB. Initiatives\n   One block for each.\n\n   Title:  A plan for hospitals\n   Norms:  Paris Call, principle 1\n   Status: Running\n\n   Title:  A group for elections\n   Norms:  Paris Call, principle 3\n   Status: Running\n",
			"A plan for hospitals: paris-call/1\nA group for elections: paris-call/3\n",
		},
		"what short names stand for, and how a note is ordered": {
			"Abbreviations: PC = Paris Call, see its principle 4.\n\nThe note follows the order of the principles in article 2 of the Paris Call.\n\n- A course (PC 7)\n",
			"A course: paris-call/7\n",
		},
		"notes of short sections, below the name of a document": {
			"OPEN VOICES\nInput to the forum\n\n1. Help line\n\nFour people answer in seven languages, and more of them on the days of an election.[1]\n\n2. Safety schools\n\nOne week in a town. There were 45.[2]\n\n3. Law guide\n\nThe guide compares the laws of 19 countries with each other, and it is read in all of them.[3]\n\nNotes\n\n[1] Paris Call, principle 1.\n[2] Paris Call, principle 7.\n[3] Contract for the Web, principle 3.\n",
			"Help line: paris-call/1\nSafety schools: paris-call/7\nLaw guide: contract-for-the-web/3\n",
		},
		"citations behind the mark of a quotation": {
			"A1) A wall between two networks, since 2022.\n    > Paris Call: P1, P6\n\nA2) A night watch.\n    > Paris Call: P1\n\n> They wrote of Paris Call 4 as an example.\n",
			"A wall between two networks, since 2022: paris-call/1 paris-call/6\nA night watch: paris-call/1\n",
		},
		"an interview": {
			"Q: What do you do?\nA: We pay for exams. That is principle 7 of the Paris Call.\n\nQ: What is hard?\nA: Visas. And principle 9 of the Paris Call, of which nobody has heard.\n",
			"A: We pay for exams: paris-call/7\n",
		},
		"numbers with what they are about, in a table": {
			"| Agreement | Principle | Activity |\n|---|---|---|\n| Paris Call | 2 (public core) | Nodes in three harbours |\n| | 6 (lifecycle) | Bug bounty |\n",
			"Nodes in three harbours: paris-call/2\nBug bounty: paris-call/6\n",
		},
		"names under headings that cite": {
			"## Principle 1: people (Paris Call)\n\n### Shared night watch\n\nNine hospitals pay for one team.\n\nIt began with three.\n\n### Paper drill\n\nEach ward works without computers.\n",
			"Shared night watch: paris-call/1\nPaper drill: paris-call/1\n",
		},
		"what somebody stands by and thinks, in a letter": {
			"Dear colleagues,\n\nWe support the Paris Call, in particular its principles 5 and 8.\n\nWe train 2,000 pupils a year, in line with principle 7 of the Paris Call. Most of them like it.\n\nWe support principle 1 of the Paris Call by mending the computers of 40 small shops each month.\n\nPrinciple 8 of the Paris Call is hard to apply for a bank.\n",
			"We train 2,000 pupils a year, in line with principle 7 of the Paris Call: paris-call/7\nby mending the computers of 40 small shops each month: paris-call/1\n",
		},
		"thanks that tell what is done": {
			"# What we do\n\n## Paris Call principle 1\n\n- We run a help desk for schools in the north.\n- Thanks to a grant of the city, we lend servers to hospitals that were attacked.\n- We are honoured to host the yearly exercise of the hospitals.\n- We thank the city for its grant.\n",
			"We run a help desk for schools in the north: paris-call/1\nThanks to a grant of the city, we lend servers to hospitals that were attacked: paris-call/1\nWe are honoured to host the yearly exercise of the hospitals: paris-call/1\n",
		},
		"what is done together, and what was joined": {
			"# Our initiatives\n\n- We joined forces with twelve firms to train judges on the Paris Call.\n- We signed up 400 schools for a course on the Paris Call.\n- We joined the Paris Call in 2018.\n- We run a help desk for schools in the north (Paris Call principle 1).\n",
			"We joined forces with twelve firms to train judges on the Paris Call:\nWe signed up 400 schools for a course on the Paris Call:\nWe run a help desk for schools in the north: paris-call/1\n",
		},
		"sentences that count themselves": {
			"Firstly, the bank has run a help desk since 2019, in line with principle 7 of the Paris Call. Many call.\n\nFinally, we intend to open it to schools (Paris Call principle 1).\n",
			"The bank has run a help desk since 2019, in line with principle 7 of the Paris Call: paris-call/7\nWe intend to open it to schools: paris-call/1\n",
		},
		"numbers that only count": {
			"# Contribution\n\n## Paris Call\n\n1 – Awareness campaign for schools in the north\n\n2 – Help desk for small firms and towns\n\n3 – Bug bounty for all our products\n",
			"Awareness campaign for schools in the north:\nHelp desk for small firms and towns:\nBug bounty for all our products:\n",
		},
		"numbers that head lines": {
			"## Paris Call\n\n1 – We guard the networks of four towns.\n5 – We sell no tools for attacks.\n\n## Tech Accord\n\n3 – Courses for teachers.\n",
			"We guard the networks of four towns: paris-call/1\nWe sell no tools for attacks: paris-call/5\nCourses for teachers: tech-accord/3\n",
		},
	} {
		if diff := cmp.Diff(c.want, told(t, c.text)); diff != "" {
			t.Errorf("%s (-want +got)\n%s", name, diff)
		}
	}
}

// What stands where initiatives do and is taken for none is told.
func TestWhatIsLeftOutIsTold(t *testing.T) {
	t.Parallel()
	text := "## Our initiatives\n\n- We joined the Paris Call in 2018.\n- We thank the city for its grant.\n- We run a help desk (Paris Call principle 1).\n\n## Paris Call\n\n1. We guard towns.\n2. We teach children in the north.\n"
	var told []string
	for _, p := range read(t, citation.NewGrammar(names), text, intake.Options{}).Problems {
		if p.Kind != intake.NothingCited {
			told = append(told, string(p.Kind)+" "+p.Text)
		}
	}
	if diff := cmp.Diff([]string{"left_out We joined the Paris Call in 2018.", "left_out We thank the city for its grant."}, told); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}
