// Generated from provider/schema.json by `make generate`. Do not edit.

// What the schema allows, for checking inputs at run time.

/** A type: a scalar, a list or map of something, or an object or enum by its name in schemaShape. */
export type TypeShape =
  | "string"
  | "integer"
  | "number"
  | "boolean"
  | "any"
  | { readonly array: SlotShape }
  | { readonly map: SlotShape }
  | { readonly object: string }
  | { readonly enum: string };

/** A place for a value. A plain one takes no outputs. */
export interface SlotShape {
  readonly type: TypeShape;
  readonly plain: boolean;
}

export interface PropertyShape extends SlotShape {
  readonly required: boolean;
  readonly secret: boolean;
}

export type ObjectShape = Readonly<Record<string, PropertyShape>>;

export interface ComponentShape {
  readonly inputs: ObjectShape;
  readonly outputs: ObjectShape;
}

export interface SchemaShape {
  /** By type token. */
  readonly components: Readonly<Record<string, ComponentShape>>;
  readonly objects: Readonly<Record<string, ObjectShape>>;
  readonly enums: Readonly<Record<string, readonly string[]>>;
}

export const schemaShape: SchemaShape = {
  components: {
    "kops-karpenter:index:KopsKarpenterCluster": {
      inputs: {
        clusterName: { type: "string", plain: true, required: true, secret: false },
        zones: { type: { array: { type: "string", plain: true } }, plain: true, required: true, secret: false },
        kubernetesVersion: { type: "string", plain: true, required: false, secret: false },
        kopsVersion: { type: "string", plain: true, required: false, secret: false },
        stateStore: { type: "string", plain: false, required: false, secret: false },
        discoveryStore: { type: "string", plain: false, required: false, secret: false },
        stateStoreAccess: { type: { object: "StateStoreAccess" }, plain: true, required: false, secret: false },
        network: { type: { object: "Network" }, plain: true, required: false, secret: false },
        dns: { type: { object: "Dns" }, plain: true, required: false, secret: false },
        cni: { type: { enum: "Cni" }, plain: true, required: false, secret: false },
        api: { type: { object: "Api" }, plain: true, required: false, secret: false },
        controlPlane: { type: { object: "ControlPlane" }, plain: true, required: false, secret: false },
        nodeGroups: {
          type: { map: { type: { object: "NodeGroup" }, plain: true } },
          plain: true,
          required: false,
          secret: false,
        },
        karpenter: { type: { object: "Karpenter" }, plain: true, required: false, secret: false },
        serviceAccountRoles: {
          type: { array: { type: { object: "ServiceAccountRole" }, plain: true } },
          plain: true,
          required: false,
          secret: false,
        },
        sshPublicKey: { type: "string", plain: false, required: false, secret: false },
        sshAccess: { type: { array: { type: "string", plain: true } }, plain: true, required: false, secret: false },
        tags: { type: { map: { type: "string", plain: true } }, plain: true, required: false, secret: false },
        assets: { type: { object: "Assets" }, plain: true, required: false, secret: false },
        preflight: { type: { object: "Preflight" }, plain: true, required: false, secret: false },
        readiness: { type: { object: "Readiness" }, plain: true, required: false, secret: false },
        rollingUpdate: { type: { object: "RollingUpdate" }, plain: true, required: false, secret: false },
        clusterSpec: { type: { object: "ClusterSpec" }, plain: true, required: false, secret: false },
        pki: { type: { object: "Pki" }, plain: true, required: false, secret: false },
        kubeconfig: { type: { object: "Kubeconfig" }, plain: true, required: false, secret: false },
        acknowledge: { type: { array: { type: "string", plain: true } }, plain: true, required: false, secret: false },
        deletionProtection: { type: "boolean", plain: true, required: false, secret: false },
        retain: {
          type: { array: { type: { enum: "Retained" }, plain: true } },
          plain: true,
          required: false,
          secret: false,
        },
      },
      outputs: {
        clusterName: { type: "string", plain: false, required: true, secret: false },
        region: { type: "string", plain: false, required: true, secret: false },
        kubeconfig: { type: "string", plain: false, required: true, secret: true },
        apiEndpoint: { type: "string", plain: false, required: true, secret: false },
        certificateAuthority: { type: "string", plain: false, required: true, secret: false },
        stateStore: { type: "string", plain: false, required: true, secret: false },
        discoveryStore: { type: "string", plain: false, required: true, secret: false },
        issuerUrl: { type: "string", plain: false, required: true, secret: false },
        oidcProviderArn: { type: "string", plain: false, required: true, secret: false },
        vpcId: { type: "string", plain: false, required: true, secret: false },
        subnetIds: { type: { map: { type: "string", plain: false } }, plain: false, required: true, secret: false },
        securityGroupIds: { type: { object: "SecurityGroupIds" }, plain: false, required: true, secret: false },
        controlPlaneRoleArn: { type: "string", plain: false, required: true, secret: false },
        nodeRoleArn: { type: "string", plain: false, required: true, secret: false },
        nodeInstanceProfile: { type: "string", plain: false, required: true, secret: false },
        karpenterRoleArn: { type: "string", plain: false, required: true, secret: false },
        interruptionQueueName: { type: "string", plain: false, required: false, secret: false },
        autoscalingGroups: {
          type: { map: { type: "string", plain: false } },
          plain: false,
          required: true,
          secret: false,
        },
        nodeupScripts: { type: { map: { type: "string", plain: false } }, plain: false, required: true, secret: false },
        serviceAccountRoleArns: {
          type: { map: { type: "string", plain: false } },
          plain: false,
          required: true,
          secret: false,
        },
      },
    },
  },
  objects: {
    Api: {
      access: { type: { array: { type: "string", plain: true } }, plain: true, required: false, secret: false },
      loadBalancer: { type: { enum: "LoadBalancerType" }, plain: true, required: false, secret: false },
      endpoint: { type: "string", plain: false, required: false, secret: false },
    },
    Assets: {
      kopsBaseUrl: { type: "string", plain: true, required: false, secret: false },
      fileRepository: { type: "string", plain: true, required: false, secret: false },
      containerRegistry: { type: "string", plain: true, required: false, secret: false },
    },
    Bastion: {
      instanceType: { type: "string", plain: true, required: false, secret: false },
      image: { type: "string", plain: true, required: false, secret: false },
    },
    Budget: {
      nodes: { type: "string", plain: true, required: false, secret: false },
      schedule: { type: "string", plain: true, required: false, secret: false },
      duration: { type: "string", plain: true, required: false, secret: false },
      reasons: {
        type: { array: { type: { enum: "DisruptionReason" }, plain: true } },
        plain: true,
        required: false,
        secret: false,
      },
    },
    CapacityReservationTerm: {
      id: { type: "string", plain: false, required: false, secret: false },
      ownerId: { type: "string", plain: true, required: false, secret: false },
      tags: { type: { map: { type: "string", plain: true } }, plain: true, required: false, secret: false },
      instanceMatchCriteria: {
        type: { enum: "CapacityReservationMatch" },
        plain: true,
        required: false,
        secret: false,
      },
    },
    ChartResources: {
      requests: { type: { map: { type: "string", plain: true } }, plain: true, required: false, secret: false },
      limits: { type: { map: { type: "string", plain: true } }, plain: true, required: false, secret: false },
    },
    ClusterSpec: {
      additionalSans: { type: { array: { type: "string", plain: true } }, plain: true, required: false, secret: false },
      containerd: { type: { map: { type: "any", plain: false } }, plain: true, required: false, secret: false },
      etcdClusters: { type: { array: { type: "any", plain: false } }, plain: true, required: false, secret: false },
      fileAssets: { type: { array: { type: "any", plain: false } }, plain: true, required: false, secret: false },
      hooks: { type: { array: { type: "any", plain: false } }, plain: true, required: false, secret: false },
      kubeAPIServer: { type: { map: { type: "any", plain: false } }, plain: true, required: false, secret: false },
      kubeControllerManager: {
        type: { map: { type: "any", plain: false } },
        plain: true,
        required: false,
        secret: false,
      },
      kubeProxy: { type: { map: { type: "any", plain: false } }, plain: true, required: false, secret: false },
      kubeScheduler: { type: { map: { type: "any", plain: false } }, plain: true, required: false, secret: false },
      kubelet: { type: { map: { type: "any", plain: false } }, plain: true, required: false, secret: false },
      masterKubelet: { type: { map: { type: "any", plain: false } }, plain: true, required: false, secret: false },
      ntp: { type: { map: { type: "any", plain: false } }, plain: true, required: false, secret: false },
      packages: { type: { array: { type: "string", plain: true } }, plain: true, required: false, secret: false },
      sysctlParameters: {
        type: { array: { type: "string", plain: true } },
        plain: true,
        required: false,
        secret: false,
      },
      updatePolicy: { type: "string", plain: true, required: false, secret: false },
    },
    ConnectionTracking: {
      tcpEstablishedTimeout: { type: "integer", plain: true, required: false, secret: false },
      udpStreamTimeout: { type: "integer", plain: true, required: false, secret: false },
      udpTimeout: { type: "integer", plain: true, required: false, secret: false },
    },
    ControlPlane: {
      zones: { type: { array: { type: "string", plain: true } }, plain: true, required: false, secret: false },
      instanceType: { type: "string", plain: true, required: false, secret: false },
      image: { type: "string", plain: true, required: false, secret: false },
      rootVolume: { type: { object: "RootVolume" }, plain: true, required: false, secret: false },
      etcdVolume: { type: { object: "EtcdVolume" }, plain: true, required: false, secret: false },
      labels: { type: { map: { type: "string", plain: true } }, plain: true, required: false, secret: false },
      taints: {
        type: { array: { type: { object: "Taint" }, plain: true } },
        plain: true,
        required: false,
        secret: false,
      },
      additionalSecurityGroupIds: {
        type: { array: { type: "string", plain: false } },
        plain: true,
        required: false,
        secret: false,
      },
      additionalUserData: {
        type: { array: { type: { object: "UserData" }, plain: true } },
        plain: true,
        required: false,
        secret: false,
      },
      instanceGroupSpec: { type: { object: "InstanceGroupSpec" }, plain: true, required: false, secret: false },
    },
    CpuOptions: {
      nestedVirtualization: { type: { enum: "NestedVirtualization" }, plain: true, required: false, secret: false },
    },
    Disruption: {
      consolidationPolicy: { type: { enum: "ConsolidationPolicy" }, plain: true, required: false, secret: false },
      consolidateAfter: { type: "string", plain: true, required: false, secret: false },
      budgets: {
        type: { array: { type: { object: "Budget" }, plain: true } },
        plain: true,
        required: false,
        secret: false,
      },
    },
    Dns: {
      type: { type: { enum: "DnsType" }, plain: true, required: false, secret: false },
      zone: { type: "string", plain: true, required: false, secret: false },
    },
    EnclaveOptions: {
      enabled: { type: "boolean", plain: true, required: true, secret: false },
    },
    EtcdVolume: {
      size: { type: "integer", plain: true, required: false, secret: false },
      type: { type: "string", plain: true, required: false, secret: false },
      iops: { type: "integer", plain: true, required: false, secret: false },
      throughput: { type: "integer", plain: true, required: false, secret: false },
      encrypted: { type: "boolean", plain: true, required: false, secret: false },
      kmsKeyArn: { type: "string", plain: false, required: false, secret: false },
    },
    InstanceGroupSpec: {
      containerd: { type: { map: { type: "any", plain: false } }, plain: true, required: false, secret: false },
      fileAssets: { type: { array: { type: "any", plain: false } }, plain: true, required: false, secret: false },
      hooks: { type: { array: { type: "any", plain: false } }, plain: true, required: false, secret: false },
      kubelet: { type: { map: { type: "any", plain: false } }, plain: true, required: false, secret: false },
      packages: { type: { array: { type: "string", plain: true } }, plain: true, required: false, secret: false },
      sysctlParameters: {
        type: { array: { type: "string", plain: true } },
        plain: true,
        required: false,
        secret: false,
      },
      updatePolicy: { type: "string", plain: true, required: false, secret: false },
      volumeMounts: { type: { array: { type: "any", plain: false } }, plain: true, required: false, secret: false },
    },
    Karpenter: {
      install: { type: "boolean", plain: true, required: false, secret: false },
      version: { type: "string", plain: true, required: false, secret: false },
      chart: { type: "string", plain: true, required: false, secret: false },
      crdChart: { type: "string", plain: true, required: false, secret: false },
      values: { type: { map: { type: "any", plain: false } }, plain: true, required: false, secret: false },
      replicas: { type: "integer", plain: true, required: false, secret: false },
      resources: { type: { object: "ChartResources" }, plain: true, required: false, secret: false },
      logLevel: { type: { enum: "LogLevel" }, plain: true, required: false, secret: false },
      featureGates: { type: { map: { type: "boolean", plain: true } }, plain: true, required: false, secret: false },
      interruptionHandling: { type: "boolean", plain: true, required: false, secret: false },
      policy: { type: { enum: "KarpenterPolicy" }, plain: true, required: false, secret: false },
      deleteCrds: { type: "boolean", plain: true, required: false, secret: false },
    },
    Keyset: {
      keys: {
        type: { map: { type: { object: "KeysetKey" }, plain: true } },
        plain: true,
        required: false,
        secret: false,
      },
      primary: { type: "string", plain: true, required: false, secret: false },
    },
    KeysetKey: {
      certificate: { type: "string", plain: false, required: false, secret: false },
      privateKey: { type: "string", plain: false, required: false, secret: true },
      distrustTimestamp: { type: "string", plain: true, required: false, secret: false },
    },
    Kubeconfig: {
      lifetimeHours: { type: "integer", plain: true, required: false, secret: false },
    },
    Kubelet: {
      maxPods: { type: "integer", plain: true, required: false, secret: false },
      systemReserved: { type: { map: { type: "string", plain: true } }, plain: true, required: false, secret: false },
      kubeReserved: { type: { map: { type: "string", plain: true } }, plain: true, required: false, secret: false },
      evictionHard: { type: "string", plain: true, required: false, secret: false },
      evictionSoft: { type: "string", plain: true, required: false, secret: false },
      evictionSoftGracePeriod: { type: "string", plain: true, required: false, secret: false },
      evictionMaxPodGracePeriod: { type: "integer", plain: true, required: false, secret: false },
      imageGCHighThresholdPercent: { type: "integer", plain: true, required: false, secret: false },
      imageGCLowThresholdPercent: { type: "integer", plain: true, required: false, secret: false },
      cpuCFSQuota: { type: "boolean", plain: true, required: false, secret: false },
      cpuManagerPolicy: { type: "string", plain: true, required: false, secret: false },
      topologyManagerPolicy: { type: "string", plain: true, required: false, secret: false },
      featureGates: { type: { map: { type: "string", plain: true } }, plain: true, required: false, secret: false },
    },
    MetadataOptions: {
      httpTokens: { type: { enum: "HttpTokens" }, plain: true, required: false, secret: false },
      httpEndpoint: { type: { enum: "HttpEndpoint" }, plain: true, required: false, secret: false },
      httpPutResponseHopLimit: { type: "integer", plain: true, required: false, secret: false },
      httpProtocolIpv6: { type: { enum: "HttpProtocolIpv6" }, plain: true, required: false, secret: false },
    },
    Network: {
      cidr: { type: "string", plain: true, required: false, secret: false },
      topology: { type: { enum: "Topology" }, plain: true, required: false, secret: false },
      subnets: {
        type: { array: { type: { object: "Subnet" }, plain: true } },
        plain: true,
        required: false,
        secret: false,
      },
      vpcId: { type: "string", plain: false, required: false, secret: false },
      natGateways: { type: { enum: "NatGateways" }, plain: true, required: false, secret: false },
      bastion: { type: { object: "Bastion" }, plain: true, required: false, secret: false },
    },
    NetworkInterface: {
      networkCardIndex: { type: "integer", plain: true, required: true, secret: false },
      deviceIndex: { type: "integer", plain: true, required: true, secret: false },
      interfaceType: { type: { enum: "InterfaceType" }, plain: true, required: true, secret: false },
    },
    NodeGroup: {
      instanceTypes: { type: { array: { type: "string", plain: true } }, plain: true, required: false, secret: false },
      images: { type: { array: { type: "string", plain: true } }, plain: true, required: false, secret: false },
      minSize: { type: "integer", plain: true, required: false, secret: false },
      maxSize: { type: "integer", plain: true, required: false, secret: false },
      zones: { type: { array: { type: "string", plain: true } }, plain: true, required: false, secret: false },
      rootVolume: { type: { object: "RootVolume" }, plain: true, required: false, secret: false },
      volumes: {
        type: { array: { type: { object: "NodeVolume" }, plain: true } },
        plain: true,
        required: false,
        secret: false,
      },
      labels: { type: { map: { type: "string", plain: true } }, plain: true, required: false, secret: false },
      taints: {
        type: { array: { type: { object: "Taint" }, plain: true } },
        plain: true,
        required: false,
        secret: false,
      },
      kubelet: { type: { object: "Kubelet" }, plain: true, required: false, secret: false },
      tags: { type: { map: { type: "string", plain: true } }, plain: true, required: false, secret: false },
      metadataOptions: { type: { object: "MetadataOptions" }, plain: true, required: false, secret: false },
      associatePublicIp: { type: "boolean", plain: true, required: false, secret: false },
      capacityReservationSelectorTerms: {
        type: { array: { type: { object: "CapacityReservationTerm" }, plain: true } },
        plain: true,
        required: false,
        secret: false,
      },
      placementGroupSelector: {
        type: { object: "PlacementGroupSelector" },
        plain: true,
        required: false,
        secret: false,
      },
      networkInterfaces: {
        type: { array: { type: { object: "NetworkInterface" }, plain: true } },
        plain: true,
        required: false,
        secret: false,
      },
      ipPrefixCount: { type: "integer", plain: true, required: false, secret: false },
      connectionTracking: { type: { object: "ConnectionTracking" }, plain: true, required: false, secret: false },
      detailedMonitoring: { type: "boolean", plain: true, required: false, secret: false },
      cpuOptions: { type: { object: "CpuOptions" }, plain: true, required: false, secret: false },
      enclaveOptions: { type: { object: "EnclaveOptions" }, plain: true, required: false, secret: false },
      context: { type: "string", plain: true, required: false, secret: false },
      additionalSecurityGroupIds: {
        type: { array: { type: "string", plain: false } },
        plain: true,
        required: false,
        secret: false,
      },
      additionalUserData: {
        type: { array: { type: { object: "UserData" }, plain: true } },
        plain: true,
        required: false,
        secret: false,
      },
      nodeClassName: { type: "string", plain: true, required: false, secret: false },
      nodePools: {
        type: { map: { type: { object: "NodePool" }, plain: true } },
        plain: true,
        required: false,
        secret: false,
      },
      instanceGroupSpec: { type: { object: "InstanceGroupSpec" }, plain: true, required: false, secret: false },
    },
    NodePool: {
      architectures: {
        type: { array: { type: { enum: "Architecture" }, plain: true } },
        plain: true,
        required: false,
        secret: false,
      },
      capacityTypes: {
        type: { array: { type: { enum: "CapacityType" }, plain: true } },
        plain: true,
        required: false,
        secret: false,
      },
      requirements: {
        type: { array: { type: { object: "Requirement" }, plain: true } },
        plain: true,
        required: false,
        secret: false,
      },
      labels: { type: { map: { type: "string", plain: true } }, plain: true, required: false, secret: false },
      annotations: { type: { map: { type: "string", plain: true } }, plain: true, required: false, secret: false },
      taints: {
        type: { array: { type: { object: "Taint" }, plain: true } },
        plain: true,
        required: false,
        secret: false,
      },
      startupTaints: {
        type: { array: { type: { object: "Taint" }, plain: true } },
        plain: true,
        required: false,
        secret: false,
      },
      limits: { type: { map: { type: "string", plain: true } }, plain: true, required: false, secret: false },
      weight: { type: "integer", plain: true, required: false, secret: false },
      disruption: { type: { object: "Disruption" }, plain: true, required: false, secret: false },
      expireAfter: { type: "string", plain: true, required: false, secret: false },
      terminationGracePeriod: { type: "string", plain: true, required: false, secret: false },
      replicas: { type: "integer", plain: true, required: false, secret: false },
    },
    NodeVolume: {
      deviceName: { type: "string", plain: true, required: true, secret: false },
      size: { type: "integer", plain: true, required: false, secret: false },
      type: { type: "string", plain: true, required: false, secret: false },
      iops: { type: "integer", plain: true, required: false, secret: false },
      throughput: { type: "integer", plain: true, required: false, secret: false },
      encrypted: { type: "boolean", plain: true, required: false, secret: false },
      kmsKeyArn: { type: "string", plain: false, required: false, secret: false },
      snapshotId: { type: "string", plain: false, required: false, secret: false },
      volumeInitializationRate: { type: "integer", plain: true, required: false, secret: false },
      deleteOnTermination: { type: "boolean", plain: true, required: false, secret: false },
      kubeletRoot: { type: "boolean", plain: true, required: false, secret: false },
    },
    Pki: {
      keysets: {
        type: { map: { type: { object: "Keyset" }, plain: true } },
        plain: true,
        required: false,
        secret: false,
      },
    },
    PlacementGroupSelector: {
      name: { type: "string", plain: false, required: false, secret: false },
      id: { type: "string", plain: false, required: false, secret: false },
    },
    Preflight: {
      skip: { type: "boolean", plain: true, required: false, secret: false },
    },
    Readiness: {
      timeoutSeconds: { type: "integer", plain: true, required: false, secret: false },
      skip: { type: "boolean", plain: true, required: false, secret: false },
    },
    Requirement: {
      key: { type: "string", plain: true, required: true, secret: false },
      operator: { type: { enum: "RequirementOperator" }, plain: true, required: true, secret: false },
      values: { type: { array: { type: "string", plain: true } }, plain: true, required: false, secret: false },
      minValues: { type: "integer", plain: true, required: false, secret: false },
    },
    RollingUpdate: {
      strategy: { type: { enum: "RollingUpdateStrategy" }, plain: true, required: false, secret: false },
      drainTimeoutSeconds: { type: "integer", plain: true, required: false, secret: false },
      failOnDrainError: { type: "boolean", plain: true, required: false, secret: false },
      postDrainDelaySeconds: { type: "integer", plain: true, required: false, secret: false },
      validationTimeoutSeconds: { type: "integer", plain: true, required: false, secret: false },
      validateCount: { type: "integer", plain: true, required: false, secret: false },
      controlPlaneIntervalSeconds: { type: "integer", plain: true, required: false, secret: false },
    },
    RootVolume: {
      size: { type: "integer", plain: true, required: false, secret: false },
      type: { type: "string", plain: true, required: false, secret: false },
      iops: { type: "integer", plain: true, required: false, secret: false },
      throughput: { type: "integer", plain: true, required: false, secret: false },
      encrypted: { type: "boolean", plain: true, required: false, secret: false },
      kmsKeyArn: { type: "string", plain: false, required: false, secret: false },
    },
    SecurityGroupIds: {
      controlPlane: { type: "string", plain: false, required: true, secret: false },
      nodes: { type: "string", plain: false, required: true, secret: false },
      api: { type: "string", plain: false, required: true, secret: false },
    },
    ServiceAccountRole: {
      namespace: { type: "string", plain: true, required: true, secret: false },
      name: { type: "string", plain: true, required: true, secret: false },
      policyArns: { type: { array: { type: "string", plain: false } }, plain: true, required: false, secret: false },
      inlinePolicy: { type: "string", plain: false, required: false, secret: false },
    },
    StateStoreAccess: {
      endpoint: { type: "string", plain: false, required: true, secret: false },
      region: { type: "string", plain: false, required: false, secret: false },
      accessKeyId: { type: "string", plain: false, required: true, secret: false },
      secretAccessKey: { type: "string", plain: false, required: true, secret: true },
    },
    Subnet: {
      name: { type: "string", plain: true, required: false, secret: false },
      zone: { type: "string", plain: true, required: true, secret: false },
      type: { type: { enum: "SubnetType" }, plain: true, required: false, secret: false },
      cidr: { type: "string", plain: true, required: false, secret: false },
      id: { type: "string", plain: false, required: false, secret: false },
    },
    Taint: {
      key: { type: "string", plain: true, required: true, secret: false },
      value: { type: "string", plain: true, required: false, secret: false },
      effect: { type: { enum: "TaintEffect" }, plain: true, required: true, secret: false },
    },
    UserData: {
      name: { type: "string", plain: true, required: true, secret: false },
      type: { type: "string", plain: true, required: true, secret: false },
      content: { type: "string", plain: true, required: true, secret: false },
    },
  },
  enums: {
    Architecture: ["amd64", "arm64"],
    CapacityReservationMatch: ["open", "targeted"],
    CapacityType: ["on-demand", "spot", "reserved"],
    Cni: ["cilium", "kindnet", "none"],
    ConsolidationPolicy: ["WhenEmpty", "WhenEmptyOrUnderutilized", "Balanced"],
    DisruptionReason: ["Underutilized", "Empty", "Drifted", "Unhealthy"],
    DnsType: ["none", "public", "private"],
    HttpEndpoint: ["enabled", "disabled"],
    HttpProtocolIpv6: ["enabled", "disabled"],
    HttpTokens: ["required", "optional"],
    InterfaceType: ["interface", "efa-only"],
    KarpenterPolicy: ["scoped", "kops"],
    LoadBalancerType: ["public", "internal"],
    LogLevel: ["debug", "info", "error"],
    NatGateways: ["perZone", "single"],
    NestedVirtualization: ["enabled", "disabled"],
    RequirementOperator: ["In", "NotIn", "Exists", "DoesNotExist", "Gt", "Lt", "Gte", "Lte"],
    Retained: ["stateStore"],
    RollingUpdateStrategy: ["rolling", "manual"],
    SubnetType: ["Public", "Private", "Utility"],
    TaintEffect: ["NoSchedule", "PreferNoSchedule", "NoExecute"],
    Topology: ["public", "private"],
  },
};
