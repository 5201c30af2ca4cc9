// Package citation reads printed citations: the places where a document says
// which numbered principles of which agreements it has in mind. It finds them
// letter for letter, with their positions; it never decides which principle a
// number means, since that depends on editions and numberings.
//
// The grammar, where "?" is optional, "*" any number of times, and words match
// in any case. Tokens may be parted by spaces and one line break; an empty line
// ends everything.
//
//	references = reference ( joint list )*             (1)
//	reference  = known trim? open? list                (2)
//	           | known trim? ( ":" | "(" )? bare       (3)
//	           | unknown trim? list                    (4)
//	           | list ( joint list )* owner name       (5)
//	           | list                                  (6)
//	list       = noun ":"? bare | ordinal ( joint ordinal )* noun
//	bare       = sign? item ( aside? joint sign? item )*
//	joint      = ( "," | ";" )? ( "and" | "&" | "or" | "+" | "et" | "as well as" | … )? | "/" | "·"      not empty
//	noun       = principle(s) | norm(s) | action(s) | article(s) | art. | arts.
//	           | paragraph(s) | para. | paras. | § | recital(s) | rec. | measure(s)
//	           | recommendation(s) | commitment(s) | … in English and French
//	owner      = ( "of" | "in" | "de" | "du" | … | "," | "(" ) the?
//	aside      = "(" anything but nouns and known names ")"
//	sign       = "#" | "№" | ( "no" | "nos" | "nr" | "n°" | "nº" ) "."?
//	           | number(s)
//	item       = label ( dash label | "to" label | "through" label | "à" label )?
//	label      = part ( "-" part )*
//	part       = digits letter? ( "." digits )* ( "(" mark ")" )* | digits letter ")"
//	           | ( "(" mark ")" )* | letter | roman | a number up to twelve in words
//	digits     = one to three digits: 2018 is a year, not a label
//	mark       = letter | roman | one or two digits
//
// (1) A list that follows another without an agreement of its own goes on about
// the same one: with the same noun it joins the reference ("principle 1 and
// principle 5"), with another noun it is a reference of its own, whose Text
// starts at the noun. If "of" follows such a list it belongs to what comes
// next and is not read.
//
// (2) trim is a possessive, closing quotes or emphasis, and a bracketed aside:
// "the Global Commission (GCSC)'s norm 5". open is one of , : ( or, on
// the same line, a dash or | between name and noun; it is refused when "of"
// follows the list.
//
// (3) Without a noun the first label starts with a digit, and a word after the
// numbers makes them an amount ("MANRS 4 actions"): there is no reference.
//
// (4) A name that the grammar was not given reaches left over words with a
// capital letter, numbers, and the small words between them (of, for, and, …),
// and short asides, at most twelve words on the noun's own line. Commas, open
// brackets, quotes, full stops and references already read end it; opening
// words such as See or The do not belong to it. A known name with up to three more words before the
// noun is unknown too, unless they tell one of its recorded editions ("MANRS
// network operators action 1", "MANRS action 1 for IXPs"): what other words narrow
// it to is for a person to say. Names need a capital letter; text
// without one before its noun is prose.
//
// A name of two letters counts in capitals and with a number or a noun after it
// (PC 1), and so does a short one with its number glued to it (PC6). Once a name
// was printed in full, its kind stands for it: the Accord, the Call. So does a
// short name that the text gives it anywhere: "the Cybersecurity Tech Accord (TA)",
// "TA = Tech Accord". A year or a day behind a name goes with it.
//
// (5) The name may also come behind its numbers, known or with capital letters:
// "principles 1 and 5 of the Paris Call", "norm 13 f) du rapport du GGE", "Art.
// 32 GDPR". A comma, a bracket or "in" between the two is enough for a known
// name that has no numbers of its own. What kind of a text it is of may stand before
// the name ("norm 8 of the final report (2019) of the GCSC"), and the title of what
// is cited before that ("principle 7 on hygiene of the Paris Call").
//
// (6) A list without any name beside it is about the agreement that was cited
// last in its sentence, else the only one that is named in the sentence, in the
// sentence before, in the item or the words with a colon that its list stands
// under, or in the nearest heading that names any; principles and norms also
// of the only one that its section named before. Reference.By tells which.
// A list may also wait for the next of its noun in its sentence ("Article 23 and, for
// some, Article 30 of the NIS Directive"), and under a heading that is an agreement's
// name and nothing else numbers that begin a block are its: "5 – Non-proliferation".
// What two could be meant by, or none, is no reference: Read lists it with the
// reason, as it does "article 5 of our statutes".
//
// Parts of an article that are printed apart belong to its label: "article 21,
// paragraph 2, point (a)" is 21(2)(a). Brackets that only say where what was cited
// is printed are passed: "norm J (2015 GGE report, para 13)".
//
// In a list, a comma followed by a digit continues the numbers and a comma
// followed by a word starts something new; whether the noun is singular says
// nothing. A bracket alone repeats the number before it ("13(a), (c)" cites
// 13(a) and 13(c)). A letter alone is a label only where no word follows it,
// and after another label only if that has no digits.
//
// Ranges are read as all their labels: digits ("1-3"), letters ("1A–1D"),
// brackets ("13(a)–(k)"), Roman numerals ("I–IV"). One that is longer than a hundred, runs backwards or
// is no series at all stays one label as printed. So does, after the noun
// action, whatever a hyphen without spaces joins: MANRS prints 2-1, 2-2 and
// 2-3 for parts of its action 2. An en dash or "to" makes a range there too.
package citation
