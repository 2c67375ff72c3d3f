module kops-karpenter.local/tools/pulumi-language-yaml

go 1.26.0

require github.com/pulumi/pulumi-yaml v1.28.0
