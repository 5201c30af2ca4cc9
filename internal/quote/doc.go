// Package quote looks for numbers that sources may have got wrong. Where a
// source says what the principle says that it cites, these words are compared
// with what is recorded of that principle and of the others of its agreement,
// in all editions; when another fits clearly better, a hint says which, and by
// which words. A hint is for people: it changes nothing.
//
// It is pure, and it would rather be silent than wrong. Most citations say what
// somebody does and not what the principle says; whatever such a deed has to do
// with other principles is no mistake. So only these words of a source count:
//
//   - those that it puts to a number as its name: in brackets, after a colon or
//     a dash, or a label before the brackets with the citation;
//   - those between quotation marks beside the citation;
//   - those after words like "principle 5, which calls for", or between words
//     like "the ban on … in principle 5";
//   - of a sentence, or of an item that the citation stands below, a whole title
//     of several words, or nearly nothing but the words of one principle, when
//     it shares none with what is cited.
//
// Words are compared by their stems (Snowball's, English and French), by a list
// of terms of the field that mean the same, and weigh more the fewer principles
// of the agreement have them. Where a source says that a principle is not about
// something, where what is cited fits too, or where two others fit alike,
// nothing is said.
package quote
