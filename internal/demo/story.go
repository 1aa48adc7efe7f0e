package demo

import (
	"embed"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/goccy/go-yaml"
)

//go:embed stories
var storyFiles embed.FS

// Story is what happens in a blogosphere, when, and what Earshot must make of it.
type Story struct {
	Name   string        `yaml:"name"`
	About  string        `yaml:"about"`
	Length time.Duration `yaml:"length"` // after which every expectation must hold
	Steps  []Step        `yaml:"steps"`
	Expect []Expectation `yaml:"expect"`
}

// Step is one thing that happens. Exactly one of the verbs is set.
type Step struct {
	At      time.Duration `yaml:"at" json:"at"` // after the story's start
	Publish string        `yaml:"publish" json:"publish,omitempty"`
	Comment string        `yaml:"comment" json:"comment,omitempty"`
	Edit    string        `yaml:"edit" json:"edit,omitempty"`
	Break   string        `yaml:"break" json:"break,omitempty"` // a site
	Mood    Mood          `yaml:"mood" json:"mood,omitempty"`   // break: how
	Heal    string        `yaml:"heal" json:"heal,omitempty"`   // a site
	Click   *Press        `yaml:"click" json:"click,omitempty"`
	Say     string        `yaml:"say" json:"say,omitempty"` // for those who watch
}

// Press is a person of the desk pressing a button on the card of a post.
type Press struct {
	Post   string `yaml:"post" json:"post"`
	Brand  string `yaml:"brand" json:"brand,omitempty"`
	Action string `yaml:"action" json:"action"`
	Option string `yaml:"option" json:"option,omitempty"`
	User   string `yaml:"user" json:"user,omitempty"`
}

// Expectation is one thing that must, or must never, be seen in Slack. Post is
// the slug of the post whose card is meant; an empty Brand is any brand.
type Expectation struct {
	What   string   `yaml:"what" json:"what"`
	Post   string   `yaml:"post" json:"post"`
	Brand  string   `yaml:"brand" json:"brand,omitempty"`
	Label  string   `yaml:"label" json:"label,omitempty"`   // the card's last label
	Status string   `yaml:"status" json:"status,omitempty"` // one the card had at some time
	Ends   []string `yaml:"ends" json:"ends,omitempty"`     // the card's last status is one of these
	Never  bool     `yaml:"never" json:"never,omitempty"`   // there is no such card
}

// Stories names the stories there are.
func Stories() []string { return []string{"day", "short", "desk"} }

// OpenStory reads a story by name.
func OpenStory(name string) (Story, error) {
	if !slices.Contains(Stories(), name) {
		return Story{}, fmt.Errorf("no story %q: there are %s", name, strings.Join(Stories(), ", "))
	}
	raw, err := storyFiles.ReadFile("stories/" + name + ".yaml")
	if err != nil {
		return Story{}, err
	}
	var s Story
	if err := yaml.UnmarshalWithOptions(raw, &s, yaml.Strict()); err != nil {
		return Story{}, fmt.Errorf("story %s: %w", name, err)
	}
	return s, nil
}

// Sites are the sites of the demo blogosphere.
func Sites() ([]Site, error) {
	raw, err := storyFiles.ReadFile("stories/sites.yaml")
	if err != nil {
		return nil, err
	}
	var s []Site
	if err := yaml.UnmarshalWithOptions(raw, &s, yaml.Strict()); err != nil {
		return nil, fmt.Errorf("sites: %w", err)
	}
	return s, nil
}
