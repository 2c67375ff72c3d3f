// kOps-compatible Kubernetes clusters on AWS, with worker nodes provisioned by Karpenter.
package kopskarpenter
