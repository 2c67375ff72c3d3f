// The AWS plugin: both halves of the Terraform provider under Pulumi's bridge, as the published plugin is made, with the
// resources that a cluster and its tests use. It has no schema of the package, which only SDK generation needs.
package main

import (
	"context"
	"fmt"
	"os"

	"github.com/hashicorp/terraform-provider-aws/xpprovider"
	pf "github.com/pulumi/pulumi-terraform-bridge/v3/pkg/pf/tfbridge"
	bridge "github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfbridge"
	sdkv2 "github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfshim/sdk-v2"
	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/x/muxer"
	"github.com/pulumi/pulumi-terraform-bridge/v3/unstable/metadata"
)

// version is that of the Terraform provider; tools/build sets it.
var version = "0.0.0-dev"

func main() {
	ctx := context.Background()
	info, err := provider(ctx)
	if err != nil {
		fmt.Fprintln(os.Stderr, "pulumi-resource-aws:", err)
		os.Exit(1)
	}
	pf.MainWithMuxer(ctx, "aws", *info, []byte(`{"name":"aws","version":"`+version+`"}`))
}

func provider(ctx context.Context) (*bridge.ProviderInfo, error) {
	framework, plain, err := xpprovider.GetProvider(ctx)
	if err != nil {
		return nil, err
	}
	plans := sdkv2.WithPlanResourceChange(func(string) bool { return true })
	info := &bridge.ProviderInfo{
		Name:                           "aws",
		Version:                        version,
		P:                              pf.MuxShimWithPF(ctx, sdkv2.NewProvider(plain, plans), framework),
		MetadataInfo:                   bridge.NewProviderMetadata([]byte("{}")),
		EnableZeroDefaultSchemaVersion: true,
		EnableAccuratePFBridgePreview:  true,
		Config:                         config(),
		Resources:                      resources(),
		DataSources:                    functions(),
	}
	info.SetAutonaming(255, "-")
	return info, dispatch(info)
}

// dispatch writes down which half serves what. The published plugin does this when it is built.
func dispatch(info *bridge.ProviderInfo) error {
	halves := info.P.(interface {
		ResolveDispatch(*bridge.ProviderInfo) (muxer.DispatchTable, error)
	})
	table, err := halves.ResolveDispatch(info)
	if err != nil {
		return err
	}
	return metadata.Set(info.GetMetadata(), "mux", table)
}
