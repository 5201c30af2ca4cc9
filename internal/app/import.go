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

	"github.com/spf13/cobra"

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
	organization, format string
	dry                  bool
}

func (p *program) importCommand() *cobra.Command {
	var o importing
	cmd := &cobra.Command{
		Use:   "import FILE… --organization SLUG",
		Short: "Read contributions",
		Long: "Read contributions that an organization sent in: .txt, .md, .html, .docx, .odt, .pdf, .xlsx\n" +
			"and .csv files. With --dry-run nothing is written: it prints what would be read out of them.",
		DisableFlagsInUseLine: true,
		RunE: func(cmd *cobra.Command, files []string) error {
			switch {
			case len(files) == 0:
				return misused(cmd, "%s needs the files to read", cmd.CommandPath())
			case o.organization == "":
				return misused(cmd, "--organization is missing: say who sent this in, as in --organization microsoft")
			case !o.dry:
				return misused(cmd, "%s only reads as yet: add --dry-run", cmd.CommandPath())
			case o.format != "text" && o.format != "json":
				return misused(cmd, "--format is %q; it must be text or json", o.format)
			}
			return p.withDatabase(func(cmd *cobra.Command, db *database) error { return p.importFiles(cmd.Context(), db, o, files) })(cmd, files)
		},
	}
	cmd.Flags().StringVar(&o.organization, "organization", "", "name in addresses of the organization that sent the files in")
	cmd.Flags().BoolVar(&o.dry, "dry-run", false, "write nothing: print what was read")
	cmd.Flags().StringVar(&o.format, "format", "text", "text for people or json for programs")
	return cmd
}

func (p *program) importFiles(ctx context.Context, db *database, o importing, files []string) error {
	documents, err := p.documents()
	if err != nil {
		return err
	}
	reader := contribution.Reader{Store: db.store, Documents: documents}
	for _, file := range files {
		if err := p.importFile(ctx, reader, o, file); err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
	}
	return nil
}

func (p *program) importFile(ctx context.Context, r contribution.Reader, o importing, file string) error {
	data, err := readUpTo(file, r.Documents.Limits.File)
	if err != nil {
		return err
	}
	c, err := r.Read(ctx, contribution.File{Name: filepath.Base(file), Data: data}, o.organization)
	if norms.KindOf(err) == norms.NotFound {
		return fmt.Errorf("there is no organization %q: record it first, or name another one", o.organization)
	}
	if err != nil {
		return err
	}
	if o.format == "json" {
		e := json.NewEncoder(p.stdout)
		e.SetIndent("", "  ")
		e.SetEscapeHTML(false)
		return e.Encode(api.DescribeContribution(c))
	}
	return sayRead(p.stdout, file, c)
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
