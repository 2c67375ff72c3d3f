package main

import (
	"github.com/kops-karpenter/pulumi-kops-karpenter/sdk/go/kopskarpenter"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

func main() {
	pulumi.Run(program)
}

func program(ctx *pulumi.Context) error {
	cluster, err := kopskarpenter.NewKopsKarpenterCluster(ctx, "quickstart", &kopskarpenter.KopsKarpenterClusterArgs{
		ClusterName: "quickstart.example.com",
		Zones:       []string{"us-east-1a"},
	})
	if err != nil {
		return err
	}
	ctx.Export("apiEndpoint", cluster.ApiEndpoint)
	ctx.Export("stateStore", cluster.StateStore)
	ctx.Export("kubeconfig", cluster.Kubeconfig)
	return nil
}
