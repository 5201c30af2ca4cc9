package href

// LicenceOfData is the licence under which the data may be used; the code has
// another.
const LicenceOfData = "https://creativecommons.org/licenses/by/4.0/"

// Dataset is the page of one table that can be downloaded; its JSON and CSV
// are the table itself.
func Dataset(name string) string { return Data() + part(name) }

// Everything is the whole record in one JSON document.
func Everything() string { return Data() + "/everything.json" }

// Archive is the whole record as CSV files in one zip file.
func Archive() string { return Data() + "/everything.zip" }

// Dictionary is the data dictionary for programs.
func Dictionary() string { return Data() + "/datapackage.json" }
