module quickstart

go 1.25

require (
	github.com/kops-karpenter/pulumi-kops-karpenter/sdk/go v0.1.0
	github.com/pulumi/pulumi/sdk/v3 v3.256.0
)

// The SDK of this checkout, until it is published.
replace github.com/kops-karpenter/pulumi-kops-karpenter/sdk/go => ../../sdk/go
