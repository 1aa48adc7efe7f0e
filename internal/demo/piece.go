package demo

import (
	"embed"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"time"

	"github.com/goccy/go-yaml"
)

//go:embed pieces
var pieceFiles embed.FS

// piece is one embedded text: a post, a comment or an edit.
type piece struct {
	Kind       string   `yaml:"kind"` // post, comment, edit
	Site       string   `yaml:"site"`
	On         string   `yaml:"on"` // comment, edit: the post's slug
	Title      string   `yaml:"title"`
	Author     string   `yaml:"author"`
	AuthorSite string   `yaml:"author_site"` // comment: the author's address is on this site
	AuthorPath string   `yaml:"author_path"`
	Tags       []string `yaml:"tags"`
	Copy       string   `yaml:"copy"` // the text is that of another piece
	Age        string   `yaml:"age"`  // published so long before the story
	Text       string   `yaml:"-"`
}

// pieces reads every embedded text, by file name without its ending.
func pieces() (map[string]piece, error) {
	files, err := fs.Glob(pieceFiles, "pieces/*.md")
	if err != nil {
		return nil, err
	}
	out := map[string]piece{}
	for _, f := range files {
		p, err := readPiece(f)
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", f, err)
		}
		out[strings.TrimSuffix(path.Base(f), ".md")] = p
	}
	for slug, p := range out {
		if p.Copy != "" {
			p.Text = out[p.Copy].Text
			out[slug] = p
		}
	}
	return out, nil
}

// readPiece reads a head in YAML, a line "---", and the text.
func readPiece(file string) (piece, error) {
	raw, err := pieceFiles.ReadFile(file)
	if err != nil {
		return piece{}, err
	}
	head, text, _ := strings.Cut(string(raw), "\n---\n")
	head = strings.TrimSuffix(head, "\n---")
	var p piece
	if err := yaml.UnmarshalWithOptions([]byte(head), &p, yaml.Strict()); err != nil {
		return piece{}, err
	}
	p.Text = strings.TrimSpace(text)
	return p, nil
}

// post makes the post a piece describes.
func (p piece) post(slug string, now time.Time) (Post, error) {
	out := Post{Slug: slug, Site: p.Site, Title: p.Title, Author: p.Author, Text: p.Text, Tags: p.Tags}
	if p.Age != "" {
		age, err := time.ParseDuration(p.Age)
		if err != nil {
			return Post{}, fmt.Errorf("piece %s: %w", slug, err)
		}
		out.Published = now.Add(-age)
	}
	return out, nil
}

// comment makes the comment a piece describes.
func (p piece) comment(w *Web) Comment {
	c := Comment{Author: p.Author, Text: p.Text}
	if p.AuthorSite != "" {
		c.URL = w.URL(p.AuthorSite) + p.AuthorPath
	}
	return c
}
