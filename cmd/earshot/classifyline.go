package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"earshot"
	"earshot/classify"
)

// question is one line of input, for both tasks.
type question struct {
	Task  string          `json:"task"`
	ID    json.RawMessage `json:"id"`
	Text  *string         `json:"text"`
	Brand string          `json:"brand"`
	Start *int            `json:"start"`
	End   *int            `json:"end"`
	Lang  string          `json:"lang"`
	By    string          `json:"by"`
	At    string          `json:"at"`
	About string          `json:"about"`
}

// judgement is one line of output.
type judgement struct {
	ID               json.RawMessage   `json:"id"`
	Brand            string            `json:"brand"`
	Lang             string            `json:"lang"`
	Sentiment        earshot.Sentiment `json:"sentiment"`
	Confidence       float64           `json:"confidence"`
	Intent           earshot.Intent    `json:"intent"`
	IntentConfidence float64           `json:"intent_confidence"`
	Abstain          bool              `json:"abstain"`
	Facet            earshot.Facet     `json:"facet"`
	Dimension        earshot.Dimension `json:"dimension"`
	Severity         int               `json:"severity"`
	Holder           earshot.Holder    `json:"holder"`
	Aspects          []earshot.Aspect  `json:"aspects"`
	Evidence         earshot.Passage   `json:"evidence"`
}

// answerLine is one line of output of the answers task. Due is left out when no
// at was given, or no date was named.
type answerLine struct {
	ID         json.RawMessage  `json:"id"`
	Brand      string           `json:"brand"`
	Answer     string           `json:"answer"`
	Confidence float64          `json:"confidence"`
	Due        string           `json:"due,omitempty"`
	DueText    string           `json:"due_text,omitempty"`
	Evidence   *earshot.Passage `json:"evidence,omitempty"`
}

type lineJudge struct{ classifier *classify.Classifier }

func newLineJudge(c classifyCmd) (*lineJudge, error) {
	model, err := loadModel(c.Model)
	if err != nil {
		return nil, err
	}
	classifier, faults := classify.New(classify.Options{Model: model, Threshold: c.Threshold})
	if len(faults) > 0 {
		return nil, faults[0]
	}
	return &lineJudge{classifier: classifier}, nil
}

func loadModel(path string) (*classify.Model, error) {
	if path == "" {
		return classify.DefaultModel()
	}
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("model: %w", err)
	}
	return classify.LoadModel(b)
}

// line answers one line; nil for an empty one.
func (j *lineJudge) line(line []byte, readErr error) (any, error) {
	if errors.Is(readErr, errLong) {
		return nil, readErr
	}
	if len(bytes.TrimSpace(line)) == 0 {
		return nil, nil
	}
	var q question
	if err := json.Unmarshal(line, &q); err != nil {
		return nil, fmt.Errorf("not a JSON object of the contract: %w", err)
	}
	if q.Text == nil {
		return nil, errors.New(`no "text"`)
	}
	switch q.Task {
	case "", "mention":
		return j.mention(q), nil
	case "answers":
		return answers(q)
	}
	return nil, fmt.Errorf("unknown task %q: want none, or \"answers\"", q.Task)
}

func (j *lineJudge) mention(q question) judgement {
	start, end := q.span()
	v := j.classifier.JudgeText(*q.Text, q.Brand, start, end, q.Lang)
	if v.Aspects == nil {
		v.Aspects = []earshot.Aspect{}
	}
	return judgement{ID: q.id(), Brand: q.Brand, Lang: v.Lang, Sentiment: v.Sentiment, Confidence: round(v.Confidence), Intent: v.Intent,
		IntentConfidence: round(v.IntentConfidence), Abstain: v.Abstain, Facet: v.Facet, Dimension: v.Dimension, Severity: v.Severity,
		Holder: v.Holder, Aspects: v.Aspects, Evidence: v.Evidence}
}

// span is the target's bytes, 0 and 0 if none or nonsense was given.
func (q question) span() (start, end int) {
	if q.Start == nil || q.End == nil || *q.Start < 0 || *q.End <= *q.Start || *q.End > len(*q.Text) {
		return 0, 0
	}
	return *q.Start, *q.End
}

func (q question) id() json.RawMessage {
	if len(q.ID) == 0 {
		return json.RawMessage(`""`)
	}
	return q.ID
}

func answers(q question) (any, error) {
	var at time.Time
	if q.At != "" {
		var err error
		if at, err = time.Parse(time.RFC3339, q.At); err != nil {
			return nil, fmt.Errorf(`"at": %w`, err)
		}
	}
	start, end := q.span()
	ans := classify.ReadAnswer(classify.AnswerInput{Text: *q.Text, Brand: q.Brand, Lang: q.Lang, Start: start, End: end, By: q.By, At: at, About: q.About})
	out := answerLine{ID: q.id(), Brand: q.Brand, Answer: ans.Label, Confidence: round(ans.Confidence), DueText: ans.DueText}
	if !ans.Due.IsZero() {
		out.Due = ans.Due.Format(time.RFC3339)
		if ans.DuePrecision == "day" {
			out.Due = ans.Due.Format(time.DateOnly)
		}
	}
	if ans.End > ans.Start {
		out.Evidence = &earshot.Passage{Start: ans.Start, End: ans.End, Text: (*q.Text)[ans.Start:ans.End]}
	}
	return out, nil
}

func round(p float64) float64 { return float64(int(p*1000+.5)) / 1000 }

var errLong = errors.New("longer than 16 MiB")

// readLine reads one line; of one that is too long the rest is skipped.
func readLine(in *bufio.Reader) ([]byte, error) {
	var line []byte
	long := false
	for {
		part, err := in.ReadSlice('\n')
		if long = long || len(line)+len(part) > longestLine; !long {
			line = append(line, part...)
		}
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case long && (err == nil || errors.Is(err, io.EOF)):
			return nil, errLong
		}
		return line, err
	}
}
