package demo

import "strings"

// wrap breaks a paragraph into lines of at most width columns: at spaces, at
// line ends it already has, and between wide characters, but never before
// closing punctuation. A word that is longer than a line is cut.
func wrap(cells []cell, width int) [][]cell {
	width = max(width, 10)
	var lines [][]cell
	for {
		line, rest := firstLine(cells, width)
		lines = append(lines, trimRight(line))
		if rest == nil {
			return lines
		}
		cells = rest
	}
}

// firstLine takes one line off; rest is nil when nothing is left.
func firstLine(cells []cell, width int) (line, rest []cell) {
	used, at := 0, 0
	for i, c := range cells {
		if c.text == "\n" {
			return cells[:i], append([]cell{}, cells[i+1:]...)
		}
		if used+c.width > width {
			if at == 0 {
				at = i
			}
			return cells[:at], trimLeft(cells[at:])
		}
		used += c.width
		if i+1 < len(cells) && mayBreak(c, cells[i+1]) {
			at = i + 1
		}
	}
	return cells, nil
}

// mayBreak says whether a line may end between a and b.
func mayBreak(a, b cell) bool {
	if a.text == " " {
		return true
	}
	wide := a.width == 2 || b.width == 2
	return wide && !strings.Contains("，。！？、；：）」』》”’…,.!?;:)", b.text) && !strings.Contains("（「『《“‘(", a.text)
}

func trimRight(cells []cell) []cell {
	for len(cells) > 0 && cells[len(cells)-1].text == " " {
		cells = cells[:len(cells)-1]
	}
	return cells
}

func trimLeft(cells []cell) []cell {
	for len(cells) > 0 && cells[0].text == " " {
		cells = cells[1:]
	}
	if len(cells) == 0 {
		return nil
	}
	return cells
}

// cut shortens to one line of at most width columns and says so with "...".
func cut(cells []cell, width int) []cell {
	for i, c := range cells {
		if c.text == "\n" {
			cells[i].text = " "
		}
	}
	if measure(cells) <= width {
		return cells
	}
	used := 0
	for i, c := range cells {
		if used+c.width > width-3 {
			return append(trimRight(cells[:i:i]), cell{"...", 3, dim})
		}
		used += c.width
	}
	return cells
}

// pad fills a line up with spaces to width columns.
func pad(cells []cell, width int) []cell {
	out := append([]cell{}, cells...)
	for n := measure(cells); n < width; n++ {
		out = append(out, cell{" ", 1, 0})
	}
	return out
}
