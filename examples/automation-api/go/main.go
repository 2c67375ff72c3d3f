// Creates, changes and destroys clusters: reads JSON requests from standard input, one per line, and writes JSON lines.
package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"os"

	"github.com/kops-karpenter/pulumi-kops-karpenter/sdk/go/kopskarpenter"
	"github.com/pulumi/pulumi/sdk/v3/go/auto"
	"github.com/pulumi/pulumi/sdk/v3/go/auto/optdestroy"
	"github.com/pulumi/pulumi/sdk/v3/go/auto/optup"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// Request has an action and the cluster's inputs. destroy needs only the name.
type Request struct {
	Action string
	kopskarpenter.KopsKarpenterClusterArgs
}

func main() {
	for lines := bufio.NewScanner(os.Stdin); lines.Scan(); {
		result, err := handle(context.Background(), lines.Bytes())
		var invalid *InvalidError
		var busy *BusyError
		switch {
		case errors.As(err, &invalid):
			answer(object{"result": "invalid", "problems": invalid.Problems})
		case errors.As(err, &busy):
			answer(object{"result": "busy"})
		case err != nil:
			answer(object{"result": "failed", "message": err.Error()})
		default:
			answer(result)
		}
	}
}

func handle(ctx context.Context, line []byte) (object, error) {
	var request Request
	decoder := json.NewDecoder(bytes.NewReader(line))
	// Without this, a misspelled input would never reach the component.
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&request); err != nil {
		return nil, err
	}
	if request.ClusterName == "" || (request.Action != "up" && request.Action != "destroy") {
		return nil, errors.New(`a request has an action, "up" or "destroy", and a clusterName`)
	}
	program := func(ctx *pulumi.Context) error {
		cluster, err := kopskarpenter.NewKopsKarpenterCluster(ctx, "cluster", &request.KopsKarpenterClusterArgs)
		if err != nil {
			return err
		}
		ctx.Export("kubeconfig", cluster.Kubeconfig)
		return nil
	}
	// One stack per cluster, so that their updates are independent.
	stack, err := auto.UpsertStackInlineSource(ctx, request.ClusterName, "clusters", program)
	if err != nil {
		return nil, err
	}
	result := object{"result": "gone"}
	err = follow(func(progress stream) error {
		if request.Action == "destroy" {
			_, err := stack.Destroy(ctx, optdestroy.EventStreams(progress), optdestroy.Remove())
			return err
		}
		up, err := stack.Up(ctx, optup.EventStreams(progress))
		result = object{"result": "ready", "kubeconfig": up.Outputs["kubeconfig"].Value}
		return err
	})
	return result, err
}
