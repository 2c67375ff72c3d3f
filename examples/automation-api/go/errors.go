package main

import (
	"fmt"
	"regexp"

	"github.com/pulumi/pulumi/sdk/v3/go/auto"
)

// Problem is an invalid input.
type Problem struct {
	Path    string `json:"path"`
	Message string `json:"message"`
}

// InvalidError contains every invalid input. Nothing was changed.
type InvalidError struct{ Problems []Problem }

// BusyError means that another update of the cluster is running.
type BusyError struct{}

// FailedError contains the engine's message.
type FailedError struct{ Message string }

func (e *InvalidError) Error() string { return fmt.Sprintf("the inputs are not valid: %v", e.Problems) }
func (e *BusyError) Error() string    { return "another update is running" }
func (e *FailedError) Error() string  { return e.Message }

// The engine prints one line for each invalid input that the component reports.
var mistake = regexp.MustCompile(`(?m)^\t\t- property (.*?)(?: with value '\{[\s\S]*?\}')? has a problem: (.*)$`)

func typed(err error, said string) error {
	if err == nil {
		return nil
	}
	if auto.IsConcurrentUpdateError(err) {
		return &BusyError{}
	}
	var problems []Problem
	for _, found := range mistake.FindAllStringSubmatch(said, -1) {
		problems = append(problems, Problem{Path: found[1], Message: found[2]})
	}
	if len(problems) > 0 {
		return &InvalidError{problems}
	}
	if said == "" {
		said = err.Error()
	}
	return &FailedError{said}
}
