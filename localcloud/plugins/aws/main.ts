import { serve } from "../host/server";
import { awsProvider } from "./provider";

// The SDK's advice about Node releases would be a line in each of the engine's logs.
process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";
serve(awsProvider(process.env));
