import { yaml } from "../../encode/yaml";
import { goFields, goName, goString, sdkPackage } from "./goLiterals";
import { packageVersion } from "./packageVersion";
import { description, outputNames, resourceName, type Files, type ProgramSettings } from "./settings";
import type { ProgramTree } from "./tree";

const sdk = "github.com/kops-karpenter/pulumi-kops-karpenter/sdk/go";
const pulumi = "github.com/pulumi/pulumi/sdk/v3/go/pulumi";

export function goProgram({ fields, secrets }: ProgramTree, { project, region }: ProgramSettings): Files {
  const hasSecrets = secrets.size > 0;
  const imports = [`${sdk}/${sdkPackage}`, pulumi, ...(hasSecrets ? [`${pulumi}/config`] : [])];
  const program = [
    "package main",
    "",
    "import (",
    ...imports.map((path) => `\t${goString(path)}`),
    ")",
    "",
    "func main() {",
    "\tpulumi.Run(program)",
    "}",
    "",
    "func program(ctx *pulumi.Context) error {",
    ...(hasSecrets ? ['\tsecrets := config.New(ctx, "")'] : []),
    `\t${resourceName}, err := ${sdkPackage}.NewKopsKarpenterCluster(ctx, ${goString(resourceName)}, &${sdkPackage}.KopsKarpenterClusterArgs{`,
    `${goFields(fields, "\t\t")}\t})`,
    "\tif err != nil {",
    "\t\treturn err",
    "\t}",
    ...outputNames.map((output) => `\tctx.Export(${goString(output)}, ${resourceName}.${goName(output)})`),
    "\treturn nil",
    "}",
    "",
    "// pointer is for inputs that may be left out.",
    "func pointer[T any](value T) *T {",
    "\treturn &value",
    "}",
  ];
  return new Map([
    ["Pulumi.yaml", yaml({ name: project, description, runtime: "go", config: { "aws:region": region } })],
    ["main.go", `${program.join("\n")}\n`],
    // `go mod tidy` adds what the SDK requires.
    ["go.mod", `module cluster\n\ngo 1.25\n\nrequire ${sdk} v${packageVersion()}\n`],
  ]);
}
