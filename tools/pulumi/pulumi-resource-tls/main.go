// The TLS plugin: the Terraform provider under Pulumi's bridge, as the published plugin is made. It has no schema of the
// package, which only SDK generation needs.
package main

import (
	"context"

	"github.com/hashicorp/terraform-provider-tls/shim"
	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/pf/tfbridge"
	bridge "github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfbridge"
	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfbridge/tokens"
)

// version is that of the SDK; tools/build sets it.
var version = "0.0.0-dev"

func main() {
	info := bridge.ProviderInfo{
		Name:         "tls",
		Version:      version,
		P:            tfbridge.ShimProvider(shim.New()),
		MetadataInfo: bridge.NewProviderMetadata([]byte("{}")),
	}
	info.MustComputeTokens(tokens.SingleModule("tls_", "index", tokens.MakeStandard("tls")))
	schema := []byte(`{"name":"tls","version":"` + version + `"}`)
	tfbridge.Main(context.Background(), "tls", info, tfbridge.ProviderMetadata{PackageSchema: schema})
}
