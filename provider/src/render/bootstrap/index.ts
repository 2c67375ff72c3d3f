export { controlPlaneUserData, nodeUserData, nodeupScript } from "./groups";
export { userDataLimit, userDataProblem } from "../../model/userDataLimit";
