// Package browser holds tests only: they run the program and use it in
// Chromium as its readers and editors do, with scripts and without.
//
// Pages are read by what they mean (headings, labels, roles and names as
// assistive technology hears them), not by their classes, so that their design
// can change freely. Whatever the browser complains about on its console, such
// as a breach of the content security policy, fails the test.
//
// Tests that judge pages find them by themselves, and judge as few as show
// everything there is; each kind of judgement is also made on a page with a
// planted fault, which it must find.
//
// Chromium is that of NORMMAP_CHROMIUM, else the first of its usual names on
// the path. Without one these tests do not run and say so, which is a failure
// where CI is set.
package browser
