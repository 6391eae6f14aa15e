# Beside kafka-ha.yaml. Terraform sees that the file has changed; what that changes in the cluster, `kafka-ha plan` says. A deployment
# that fails is made again by the next `terraform apply`. `terraform destroy` removes nothing of Kafka: `kafka-ha delete` does.
terraform {
  required_version = ">= 1.4" # terraform_data; OpenTofu has it, too
}

variable "kubeconfig" {
  description = "The deployer's: kafka-ha kubeconfig --output PATH"
  type        = string
}

variable "plan" {
  description = "What kafka-ha plan --json has written: that plan is carried out, or nothing. Empty to deploy the file as it is."
  type        = string
  default     = ""
}

locals {
  file = "${path.module}/kafka-ha.yaml"
}

resource "terraform_data" "kafka" {
  triggers_replace = [filesha256(local.file)]

  provisioner "local-exec" {
    command = "kafka-ha deploy --file \"$FILE\" $${PLAN:+--plan \"$PLAN\"}"

    environment = {
      FILE       = local.file
      KUBECONFIG = pathexpand(var.kubeconfig)
      PLAN       = var.plan
    }
  }
}
