import { parseArgs } from "node:util";
import { down, status, up } from "./commands";
import { Problem } from "./layout";

const USAGE =
  "usage: localcloud up|down|status --dir DIR [--aws-port PORT] [--machines|--no-machines] [--real-plugins]";

async function main(): Promise<number> {
  const { values, positionals } = parse();
  const [command, ...rest] = positionals;
  const dir = values.dir;
  if (command === undefined || rest.length > 0 || dir === undefined || dir === "") throw new Problem(USAGE);
  const awsPort = values["aws-port"] === undefined ? undefined : Number(values["aws-port"]);
  if (awsPort !== undefined && !(Number.isInteger(awsPort) && awsPort > 0 && awsPort < 65536)) {
    throw new Problem(`--aws-port ${values["aws-port"]}: not a port number`);
  }
  switch (command) {
    case "up":
      await up(dir, {
        ...(awsPort === undefined ? {} : { awsPort }),
        ...(values.machines === undefined ? {} : { machines: values.machines }),
        realPlugins: values["real-plugins"] === true,
      });
      return 0;
    case "down":
      await down(dir);
      return 0;
    case "status":
      return status(dir);
    default:
      throw new Problem(`unknown command ${command}; ${USAGE}`);
  }
}

function parse() {
  try {
    return parseArgs({
      options: {
        dir: { type: "string" },
        "aws-port": { type: "string" },
        machines: { type: "boolean" },
        "real-plugins": { type: "boolean" },
      },
      allowNegative: true,
      allowPositionals: true,
    });
  } catch (error) {
    throw new Problem(`${(error as Error).message.split("\n")[0]}; ${USAGE}`);
  }
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`localcloud: ${error instanceof Problem ? error.message : String((error as Error).stack)}\n`);
    process.exit(1);
  },
);
