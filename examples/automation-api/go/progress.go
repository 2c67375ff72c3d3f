package main

import (
	"encoding/json"
	"os"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/auto/events"
	"github.com/pulumi/pulumi/sdk/v3/go/common/apitype"
)

type object map[string]any

type stream chan<- events.EngineEvent

// follow reports the progress of an update, and returns its error as one of the types in errors.go.
func follow(update func(stream) error) error {
	progress, ended := make(chan events.EngineEvent), make(chan error)
	go func(progress stream) { ended <- update(progress) }(progress)
	var said strings.Builder
	for {
		select {
		case event, more := <-progress:
			if !more {
				progress = nil // A nil channel never delivers a value.
			}
			if done := event.ResOutputsEvent; done != nil && done.Metadata.Op != apitype.OpSame {
				name := strings.SplitN(done.Metadata.URN, "::", 4)[3]
				answer(object{"progress": done.Metadata.Op, "type": done.Metadata.Type, "name": name})
			}
			if note := event.DiagnosticEvent; note != nil && note.Severity == "info" {
				// For example, the status of the wait for the Kubernetes API.
				answer(object{"progress": "note", "message": strings.TrimSpace(note.Message)})
			} else if note != nil && note.Severity == "error" {
				said.WriteString(note.Message)
			}
		case err := <-ended:
			return typed(err, said.String())
		}
	}
}

func answer(message object) {
	if err := json.NewEncoder(os.Stdout).Encode(message); err != nil {
		panic(err)
	}
}
