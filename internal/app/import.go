package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"normmap/internal/account"
	"normmap/internal/api"
	"normmap/internal/contribution"
	"normmap/internal/document"
	"normmap/internal/norms"
)

// readCommand is the hidden command of the child that reads a document of
// strangers, with limits of its own.
const readCommand = "read-document"

func (p *program) readDocumentCommand() *cobra.Command {
	return &cobra.Command{
		Use: readCommand, Short: "Read a document from stdin within limits; the program calls it by itself", Args: noArgs, Hidden: true,
		RunE: func(*cobra.Command, []string) error { return document.Child(p.stdin, p.stdout) },
	}
}

// documents is how this program reads documents: it calls itself.
func (p *program) documents() (document.Reader, error) {
	self, err := os.Executable()
	if err != nil {
		return document.Reader{}, fmt.Errorf("finding the program itself, to read documents with: %w", err)
	}
	tool, _ := exec.LookPath("pdftotext") // without it a library reads PDFs
	return document.Reader{
		Command: func(ctx context.Context) *exec.Cmd { return exec.CommandContext(ctx, self, readCommand) },
		Limits:  document.DefaultLimits(),
		Tools:   document.Tools{PDFToText: tool},
	}, nil
}

// importing is what the flags of import say.
type importing struct {
	organization, format, email string
	replaces                    string
	dry, textAlone, ownDocument bool
	table                       tableFlags
}

func (p *program) importCommand() *cobra.Command {
	var o importing
	cmd := &cobra.Command{
		Use:   "import FILE… --organization SLUG",
		Short: "Read contributions and propose what they say",
		Long: "Read contributions that an organization sent in: .txt, .md, .html, .docx, .odt, .pdf, .xlsx\n" +
			"and .csv files. What is read out of each becomes a proposal: nothing is published before a\n" +
			"reviewer accepts it. With --dry-run nothing is written: it prints what was read.\n\n" +
			"A file that looks like a new version of a recorded source is refused until it is said what\n" +
			"it is. With --replaces SLUG it is one: only what is new in it is proposed, and what is gone\n" +
			"is told. With --own-document it is none, and all that it tells of is.\n\n" +
			"With --table the rows of .csv and .xlsx files are read as organizations, initiatives,\n" +
			"agreements, adherences, links, sources or decisions on recorded citations, or the\n" +
			"cells of a matrix as what was done: all of a table is proposed or, if a single cell\n" +
			"has a mistake, nothing.",
		DisableFlagsInUseLine: true,
		RunE: func(cmd *cobra.Command, files []string) error {
			switch {
			case len(files) == 0:
				return misused(cmd, "%s needs the files to read", cmd.CommandPath())
			case o.organization == "" && o.table.kind == "":
				return misused(cmd, "--organization is missing: say who sent this in, as in --organization microsoft")
			case o.format != "text" && o.format != "json":
				return misused(cmd, "--format is %q; it must be text or json", o.format)
			case o.replaces != "" && len(files) > 1:
				return misused(cmd, "--replaces goes with one file: a source has one text at a time")
			case o.replaces != "" && o.ownDocument:
				return misused(cmd, "--replaces does not go with --own-document: say which of the two it is")
			case o.replaces != "" && o.table.kind != "":
				return misused(cmd, "--replaces does not go with --table: rows replace nothing")
			case o.ownDocument && o.table.kind != "":
				return misused(cmd, "--own-document does not go with --table: rows are no document")
			}
			if err := o.table.wrong(cmd); err != nil {
				return err
			}
			return p.withDatabase(func(cmd *cobra.Command, db *database) error { return p.importFiles(cmd, db, o, files) })(cmd, files)
		},
	}
	cmd.Flags().StringVar(&o.organization, "organization", "", "name in addresses of the organization that sent the files in")
	cmd.Flags().StringVar(&o.replaces, "replaces", "", "name in addresses of the recorded source of which the file is a new version")
	cmd.Flags().BoolVar(&o.ownDocument, "own-document", false, "say that the files are documents of their own, whatever they look like")
	cmd.Flags().BoolVar(&o.dry, "dry-run", false, "write nothing: print what was read")
	cmd.Flags().BoolVar(&o.textAlone, "text-alone", false, "propose that the text is attached though no initiative was found in it")
	cmd.Flags().StringVar(&o.email, "email", "", "account that proposes; the administrator, where there is one only")
	cmd.Flags().StringVar(&o.format, "format", "text", "text for people or json for programs")
	o.table.register(cmd)
	return cmd
}

func (p *program) importFiles(cmd *cobra.Command, db *database, o importing, files []string) error {
	documents, err := p.documents()
	if err != nil {
		return err
	}
	run := importRun{program: p, cmd: cmd, reader: contribution.Reader{Store: db.store, Documents: documents, Replaces: o.replaces}, asked: o}
	if !o.dry {
		if run.by, err = proposer(cmd, db, o.email); err != nil {
			return err
		}
	}
	for _, file := range files {
		run.reader.Tell = p.progress(file)
		err := run.file(cmd.Context(), file)
		if cmd.Context().Err() != nil {
			err = errors.New("interrupted: nothing of it was kept")
		}
		if err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
	}
	return nil
}

// proposer is the account that --email names, else the only administrator.
func proposer(cmd *cobra.Command, db *database, email string) (account.Actor, error) {
	if email != "" {
		a, err := findAccount(cmd, db, email)
		if err == nil && a.Disabled() {
			err = fmt.Errorf("%s is disabled and proposes nothing", a.Email)
		}
		return a.Actor(), err
	}
	accounts, err := db.store.Accounts(cmd.Context())
	if err != nil {
		return account.Actor{}, err
	}
	accounts = slices.DeleteFunc(accounts, func(a account.Account) bool { return a.Role != account.Admin || a.Disabled() })
	if len(accounts) != 1 {
		return account.Actor{}, misused(cmd, "there are %d administrators: say by --email which account proposes this", len(accounts))
	}
	return accounts[0].Actor(), nil
}

// importRun imports files.
type importRun struct {
	*program
	cmd    *cobra.Command
	reader contribution.Reader
	asked  importing
	by     account.Actor
}

func (r importRun) file(ctx context.Context, file string) error {
	data, err := readUpTo(file, r.reader.Documents.Limits.File)
	if err != nil {
		return err
	}
	if r.asked.table.kind != "" {
		return r.table(ctx, file, data)
	}
	c, err := r.reader.Read(ctx, contribution.File{Name: filepath.Base(file), Data: data}, r.asked.organization)
	if norms.KindOf(err) == norms.NotFound {
		return fmt.Errorf("there is no organization %q: record it first (on its site under Organizations, Add an organization, or by PUT /api/v1/organizations/%[1]s), or name another one", r.asked.organization)
	}
	if err != nil {
		return err
	}
	if r.asked.dry {
		return r.sayReading(ctx, file, c)
	}
	c.TextAlone, c.OwnDocument = r.asked.textAlone, r.asked.ownDocument
	done, err := r.reader.Propose(ctx, r.by, c, "Reading "+c.Title(), r.now())
	if contribution.FoundNothing(err) {
		return errors.New("no initiative was found in this document, so nothing would be proposed but its text: look at what was read with --dry-run, or attach the text with --text-alone")
	}
	if contribution.AsksWhose(err) {
		return fmt.Errorf("%s: say --replaces %s if it is one, or --own-document if it is a document of its own", c.LooksLike(), c.MayReplace()[0].Slug)
	}
	if err != nil {
		return err
	}
	return r.sayProposed(file, c, done)
}

func (r importRun) sayReading(ctx context.Context, file string, c contribution.Contribution) error {
	if r.asked.format == "json" {
		described, err := api.DescribeContribution(ctx, r.reader, c, r.now())
		if err != nil {
			return err
		}
		return r.encode(described)
	}
	if c.Edited != nil {
		return sayChanges(r.stdout, file, c.Edited)
	}
	if c.Version == nil {
		return sayRead(r.stdout, file, c, nil)
	}
	edits, err := r.reader.Edits(ctx, c, r.now())
	if err != nil {
		return err
	}
	return sayRead(r.stdout, file, c, &edits)
}

func (r importRun) encode(v any) error {
	e := json.NewEncoder(r.stdout)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(v)
}

func (r importRun) sayProposed(file string, c contribution.Contribution, done contribution.Proposed) error {
	if r.asked.format == "json" {
		return r.encode(api.DescribeProposed(c, done))
	}
	settings, err := r.config(r.cmd)
	if err != nil {
		return err
	}
	sayProposed(r.stdout, file, serviceAddress(settings), c, done)
	return nil
}

// readUpTo reads a file, and one byte more than it may have of one that is too
// large: the reader then refuses it.
func readUpTo(file string, most int) ([]byte, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, inFile(err)
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, int64(most)+1))
	return data, inFile(err)
}

// inFile is what the system says of a file, without its name.
func inFile(err error) error {
	if in, ok := errors.AsType[*os.PathError](err); ok {
		return in.Err
	}
	return err
}
