// Generated from docs/openapi.json by test/support/api-client.mjs.
export interface paths {
  "/health/live": {
    get: {
      parameters?: {};
      responses: {
        200: {
          content?: never;
        };
      };
    };
  };
  "/health/ready": {
    get: {
      parameters?: {};
      responses: {
        200: {
          content?: never;
        };
      };
    };
  };
  "/api/v1/failed-jobs": {
    get: {
      parameters?: {
        query?: {
          tenant?: string;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: Array<{
                id: string;
                queue: string;
                name: string;
                reason: string;
                attempts: number;
                failedAt: string | null;
              }>;
              next: null;
            };
          };
        };
      };
    };
  };
  "/api/v1/failed-jobs/replay": {
    post: {
      parameters?: {};
      requestBody: {
        content: {
          "application/json": {
            queue: string;
            id: string;
          };
        };
      };
      responses: {
        204: {
          content?: never;
        };
      };
    };
  };
  "/api/v1/audit-records": {
    get: {
      parameters?: {
        query?: {
          limit?: number;
          cursor?: string;
          tenant?: string;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: Array<{
                id: string;
                at: string;
                tenantId: string | null;
                actor: {
                  kind: string;
                  id: string | null;
                  name: string | null;
                };
                action: string;
                target: string | null;
                outcome: string;
                address: string | null;
                detail: Record<string, unknown>;
              }>;
              next: string | null;
            };
          };
        };
      };
    };
  };
  "/api/v1/session": {
    get: {
      parameters?: {};
      responses: {
        200: {
          content: {
            "application/json": {
              id: string;
              name: string;
              email: string;
              role: "platform_administrator" | "soc_lead" | "analyst" | "detection_engineer" | "auditor" | "customer_owner" | "customer_operator" | "customer_viewer";
              tenantId: string | null;
              tenantIds: Array<string>;
              permissions: Array<string>;
            };
          };
        };
      };
    };
    post: {
      parameters?: {};
      requestBody: {
        content: {
          "application/json": {
            email: string;
            password: string;
          };
        };
      };
      responses: {
        201: {
          content: {
            "application/json": {
              id: string;
              name: string;
              email: string;
              role: "platform_administrator" | "soc_lead" | "analyst" | "detection_engineer" | "auditor" | "customer_owner" | "customer_operator" | "customer_viewer";
              tenantId: string | null;
              tenantIds: Array<string>;
              permissions: Array<string>;
            };
          };
        };
      };
    };
    delete: {
      parameters?: {};
      responses: {
        204: {
          content?: never;
        };
      };
    };
  };
  "/api/v1/people": {
    get: {
      parameters?: {};
      responses: {
        200: {
          content: {
            "application/json": {
              items: Array<{
                id: string;
                name: string;
                email: string;
                role: "platform_administrator" | "soc_lead" | "analyst" | "detection_engineer" | "auditor" | "customer_owner" | "customer_operator" | "customer_viewer";
                tenantId: string | null;
                createdAt: string;
              }>;
              next: string | null;
            };
          };
        };
      };
    };
    post: {
      parameters?: {};
      requestBody: {
        content: {
          "application/json": {
            email: string;
            name: string;
            role: "platform_administrator" | "soc_lead" | "analyst" | "detection_engineer" | "auditor" | "customer_owner" | "customer_operator" | "customer_viewer";
            tenantId?: string | null;
            tenantIds?: Array<string>;
            password?: string;
          };
        };
      };
      responses: {
        201: {
          content: {
            "application/json": {
              id: string;
              name: string;
              email: string;
              role: "platform_administrator" | "soc_lead" | "analyst" | "detection_engineer" | "auditor" | "customer_owner" | "customer_operator" | "customer_viewer";
              tenantId: string | null;
              createdAt: string;
            };
          };
        };
      };
    };
  };
  "/api/v1/tokens": {
    get: {
      parameters?: {};
      responses: {
        200: {
          content: {
            "application/json": {
              items: Array<{
                id: string;
                name: string;
                createdAt: string;
                lastUsedAt: string;
                expiresAt: string;
              }>;
              next: null;
            };
          };
        };
      };
    };
    post: {
      parameters?: {};
      requestBody: {
        content: {
          "application/json": {
            name: string;
            expiresInDays?: number;
          };
        };
      };
      responses: {
        201: {
          content: {
            "application/json": {
              id: string;
              token: string;
              expiresAt: string;
            };
          };
        };
      };
    };
  };
  "/api/v1/tokens/{id}": {
    delete: {
      parameters: {
        path: {
          id: string;
        };
      };
      responses: {
        204: {
          content?: never;
        };
      };
    };
  };
  "/api/v1/tenants": {
    get: {
      parameters?: {
        query?: {
          limit?: number;
          cursor?: string;
          tenant?: string;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: Array<{
                id: string;
                name: string;
                timeZone: string;
                retentionDays: number;
                placement: "dedicated" | "pool";
                eventsPerSecond: number | null;
                bytesPerSecond: number | null;
              }>;
              next: string | null;
            };
          };
        };
      };
    };
    post: {
      parameters?: {};
      requestBody: {
        content: {
          "application/json": {
            name: string;
            timeZone: string;
            retentionDays?: number;
            placement?: "dedicated" | "pool";
            eventsPerSecond?: number | null;
            bytesPerSecond?: number | null;
          };
        };
      };
      responses: {
        201: {
          content: {
            "application/json": {
              id: string;
              name: string;
              timeZone: string;
              retentionDays: number;
              placement: "dedicated" | "pool";
              eventsPerSecond: number | null;
              bytesPerSecond: number | null;
            };
          };
        };
      };
    };
  };
  "/api/v1/tenants/{id}": {
    get: {
      parameters?: {};
      responses: {
        200: {
          content: {
            "application/json": {
              id: string;
              name: string;
              timeZone: string;
              retentionDays: number;
              placement: "dedicated" | "pool";
              eventsPerSecond: number | null;
              bytesPerSecond: number | null;
            };
          };
        };
      };
    };
    patch: {
      parameters?: {};
      requestBody: {
        content: {
          "application/json": {
            eventsPerSecond?: number | null;
            bytesPerSecond?: number | null;
            placement?: "dedicated";
          };
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              id: string;
              name: string;
              timeZone: string;
              retentionDays: number;
              placement: "dedicated" | "pool";
              eventsPerSecond: number | null;
              bytesPerSecond: number | null;
            };
          };
        };
      };
    };
  };
  "/api/v1/sites": {
    get: {
      parameters?: {
        query?: {
          limit?: number;
          cursor?: string;
          tenant?: string;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: Array<{
                id: string;
                tenantId: string;
                createdAt: string;
                name: string;
                timeZone: string;
              }>;
              next: string | null;
            };
          };
        };
      };
    };
    post: {
      parameters?: {};
      requestBody: {
        content: {
          "application/json": {
            tenant?: string;
            name: string;
            timeZone?: string;
          };
        };
      };
      responses: {
        201: {
          content: {
            "application/json": {
              id: string;
              tenantId: string;
              createdAt: string;
              name: string;
              timeZone: string;
            };
          };
        };
      };
    };
  };
  "/api/v1/sites/{id}": {
    get: {
      parameters: {
        path: {
          id: string;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              id: string;
              tenantId: string;
              createdAt: string;
              name: string;
              timeZone: string;
            };
          };
        };
      };
    };
    patch: {
      parameters: {
        path: {
          id: string;
        };
      };
      requestBody: {
        content: {
          "application/json": {
            name?: string;
            timeZone?: string;
          };
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              id: string;
              tenantId: string;
              createdAt: string;
              name: string;
              timeZone: string;
            };
          };
        };
      };
    };
  };
  "/api/v1/zones": {
    get: {
      parameters?: {
        query?: {
          limit?: number;
          cursor?: string;
          tenant?: string;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: Array<{
                id: string;
                tenantId: string;
                createdAt: string;
                siteId: string;
                name: string;
                slTarget: number;
              }>;
              next: string | null;
            };
          };
        };
      };
    };
    post: {
      parameters?: {};
      requestBody: {
        content: {
          "application/json": {
            tenant?: string;
            siteId: string;
            name: string;
            slTarget: number;
          };
        };
      };
      responses: {
        201: {
          content: {
            "application/json": {
              id: string;
              tenantId: string;
              createdAt: string;
              siteId: string;
              name: string;
              slTarget: number;
            };
          };
        };
      };
    };
  };
  "/api/v1/zones/{id}": {
    get: {
      parameters: {
        path: {
          id: string;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              id: string;
              tenantId: string;
              createdAt: string;
              siteId: string;
              name: string;
              slTarget: number;
            };
          };
        };
      };
    };
    patch: {
      parameters: {
        path: {
          id: string;
        };
      };
      requestBody: {
        content: {
          "application/json": {
            name?: string;
            slTarget?: number;
          };
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              id: string;
              tenantId: string;
              createdAt: string;
              siteId: string;
              name: string;
              slTarget: number;
            };
          };
        };
      };
    };
  };
  "/api/v1/conduits": {
    get: {
      parameters?: {
        query?: {
          limit?: number;
          cursor?: string;
          tenant?: string;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: Array<{
                id: string;
                tenantId: string;
                createdAt: string;
                fromZoneId: string;
                toZoneId: string;
                services: Array<string>;
              }>;
              next: string | null;
            };
          };
        };
      };
    };
    post: {
      parameters?: {};
      requestBody: {
        content: {
          "application/json": {
            tenant?: string;
            fromZoneId: string;
            toZoneId: string;
            services?: Array<string>;
          };
        };
      };
      responses: {
        201: {
          content: {
            "application/json": {
              id: string;
              tenantId: string;
              createdAt: string;
              fromZoneId: string;
              toZoneId: string;
              services: Array<string>;
            };
          };
        };
      };
    };
  };
  "/api/v1/conduits/{id}": {
    get: {
      parameters: {
        path: {
          id: string;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              id: string;
              tenantId: string;
              createdAt: string;
              fromZoneId: string;
              toZoneId: string;
              services: Array<string>;
            };
          };
        };
      };
    };
    patch: {
      parameters: {
        path: {
          id: string;
        };
      };
      requestBody: {
        content: {
          "application/json": {
            services?: Array<string>;
          };
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              id: string;
              tenantId: string;
              createdAt: string;
              fromZoneId: string;
              toZoneId: string;
              services: Array<string>;
            };
          };
        };
      };
    };
  };
  "/api/v1/assets": {
    get: {
      parameters?: {
        query?: {
          limit?: number;
          cursor?: string;
          tenant?: string;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: Array<{
                name: string;
                zoneId: string | null;
                componentType: "embedded_device" | "host_device" | "network_device" | "software_application";
                role: "plc" | "rtu" | "sis" | "hmi" | "engineering_workstation" | "historian" | "operator_station" | "network_device" | "firewall" | "server" | "jump_host" | "sensor" | "actuator";
                criticality: number;
                addresses: Array<string>;
                hostnames: Array<string>;
                macs: Array<string>;
                serialNumbers: Array<string>;
                vendor: string | null;
                model: string | null;
                id: string;
                tenantId: string;
                validFrom: string | null;
                validTo: string | null;
                createdAt: string;
              }>;
              next: string | null;
            };
          };
        };
      };
    };
    post: {
      parameters?: {};
      requestBody: {
        content: {
          "application/json": {
            name: string;
            zoneId?: string | null;
            componentType: "embedded_device" | "host_device" | "network_device" | "software_application";
            role: "plc" | "rtu" | "sis" | "hmi" | "engineering_workstation" | "historian" | "operator_station" | "network_device" | "firewall" | "server" | "jump_host" | "sensor" | "actuator";
            criticality?: number;
            addresses?: Array<string>;
            hostnames?: Array<string>;
            macs?: Array<string>;
            serialNumbers?: Array<string>;
            vendor?: string | null;
            model?: string | null;
            tenant?: string;
            validFrom?: string | null;
            validTo?: string | null;
          };
        };
      };
      responses: {
        201: {
          content: {
            "application/json": {
              name: string;
              zoneId: string | null;
              componentType: "embedded_device" | "host_device" | "network_device" | "software_application";
              role: "plc" | "rtu" | "sis" | "hmi" | "engineering_workstation" | "historian" | "operator_station" | "network_device" | "firewall" | "server" | "jump_host" | "sensor" | "actuator";
              criticality: number;
              addresses: Array<string>;
              hostnames: Array<string>;
              macs: Array<string>;
              serialNumbers: Array<string>;
              vendor: string | null;
              model: string | null;
              id: string;
              tenantId: string;
              validFrom: string | null;
              validTo: string | null;
              createdAt: string;
            };
          };
        };
      };
    };
  };
  "/api/v1/assets/{id}": {
    get: {
      parameters: {
        path: {
          id: string;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              name: string;
              zoneId: string | null;
              componentType: "embedded_device" | "host_device" | "network_device" | "software_application";
              role: "plc" | "rtu" | "sis" | "hmi" | "engineering_workstation" | "historian" | "operator_station" | "network_device" | "firewall" | "server" | "jump_host" | "sensor" | "actuator";
              criticality: number;
              addresses: Array<string>;
              hostnames: Array<string>;
              macs: Array<string>;
              serialNumbers: Array<string>;
              vendor: string | null;
              model: string | null;
              id: string;
              tenantId: string;
              validFrom: string | null;
              validTo: string | null;
              createdAt: string;
            };
          };
        };
      };
    };
    patch: {
      parameters: {
        path: {
          id: string;
        };
      };
      requestBody: {
        content: {
          "application/json": {
            name?: string;
            zoneId?: string | null;
            componentType?: "embedded_device" | "host_device" | "network_device" | "software_application";
            role?: "plc" | "rtu" | "sis" | "hmi" | "engineering_workstation" | "historian" | "operator_station" | "network_device" | "firewall" | "server" | "jump_host" | "sensor" | "actuator";
            criticality?: number;
            addresses?: Array<string>;
            hostnames?: Array<string>;
            macs?: Array<string>;
            serialNumbers?: Array<string>;
            vendor?: string | null;
            model?: string | null;
            validFrom?: string;
            validTo?: string | null;
          };
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              name: string;
              zoneId: string | null;
              componentType: "embedded_device" | "host_device" | "network_device" | "software_application";
              role: "plc" | "rtu" | "sis" | "hmi" | "engineering_workstation" | "historian" | "operator_station" | "network_device" | "firewall" | "server" | "jump_host" | "sensor" | "actuator";
              criticality: number;
              addresses: Array<string>;
              hostnames: Array<string>;
              macs: Array<string>;
              serialNumbers: Array<string>;
              vendor: string | null;
              model: string | null;
              id: string;
              tenantId: string;
              validFrom: string | null;
              validTo: string | null;
              createdAt: string;
            };
          };
        };
      };
    };
  };
  "/api/v1/log-sources": {
    get: {
      parameters?: {
        query?: {
          limit?: number;
          cursor?: string;
          tenant?: string;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: Array<{
                name: string;
                assetId: string | null;
                listenPort: number | null;
                senderAddresses: Array<string>;
                clientCertificate: string | null;
                timeZone: string;
                parser: string | null;
                id: string;
                tenantId: string;
                kind: "syslog-udp" | "syslog-tcp" | "syslog-tls" | "relp" | "ndjson" | "bulk";
                siteId: string;
                createdAt: string;
              }>;
              next: string | null;
            };
          };
        };
      };
    };
    post: {
      parameters?: {};
      requestBody: {
        content: {
          "application/json": {
            tenant?: string;
            kind: "syslog-udp" | "syslog-tcp" | "syslog-tls" | "relp" | "ndjson" | "bulk";
            name: string;
            siteId: string;
            assetId?: string | null;
            listenPort?: number | null;
            senderAddresses?: Array<string>;
            clientCertificate?: string | null;
            timeZone?: string;
            parser?: string | null;
          };
        };
      };
      responses: {
        201: {
          content: {
            "application/json": {
              name: string;
              assetId: string | null;
              listenPort: number | null;
              senderAddresses: Array<string>;
              clientCertificate: string | null;
              timeZone: string;
              parser: string | null;
              id: string;
              tenantId: string;
              kind: "syslog-udp" | "syslog-tcp" | "syslog-tls" | "relp" | "ndjson" | "bulk";
              siteId: string;
              createdAt: string;
              token: string | null;
            };
          };
        };
      };
    };
  };
  "/api/v1/log-sources/{id}": {
    get: {
      parameters: {
        path: {
          id: string;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              name: string;
              assetId: string | null;
              listenPort: number | null;
              senderAddresses: Array<string>;
              clientCertificate: string | null;
              timeZone: string;
              parser: string | null;
              id: string;
              tenantId: string;
              kind: "syslog-udp" | "syslog-tcp" | "syslog-tls" | "relp" | "ndjson" | "bulk";
              siteId: string;
              createdAt: string;
            };
          };
        };
      };
    };
    patch: {
      parameters: {
        path: {
          id: string;
        };
      };
      requestBody: {
        content: {
          "application/json": {
            name?: string;
            assetId?: string | null;
            listenPort?: number | null;
            senderAddresses?: Array<string>;
            clientCertificate?: string | null;
            timeZone?: string;
            parser?: string | null;
          };
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              name: string;
              assetId: string | null;
              listenPort: number | null;
              senderAddresses: Array<string>;
              clientCertificate: string | null;
              timeZone: string;
              parser: string | null;
              id: string;
              tenantId: string;
              kind: "syslog-udp" | "syslog-tcp" | "syslog-tls" | "relp" | "ndjson" | "bulk";
              siteId: string;
              createdAt: string;
            };
          };
        };
      };
    };
    delete: {
      parameters: {
        path: {
          id: string;
        };
      };
      responses: {
        204: {
          content?: never;
        };
      };
    };
  };
  "/api/v1/log-sources/{id}/token": {
    post: {
      parameters: {
        path: {
          id: string;
        };
      };
      responses: {
        201: {
          content: {
            "application/json": {
              name: string;
              assetId: string | null;
              listenPort: number | null;
              senderAddresses: Array<string>;
              clientCertificate: string | null;
              timeZone: string;
              parser: string | null;
              id: string;
              tenantId: string;
              kind: "syslog-udp" | "syslog-tcp" | "syslog-tls" | "relp" | "ndjson" | "bulk";
              siteId: string;
              createdAt: string;
              token: string | null;
            };
          };
        };
      };
    };
  };
  "/api/v1/maintenance-windows": {
    get: {
      parameters?: {
        query?: {
          limit?: number;
          cursor?: string;
          tenant?: string;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: Array<{
                id: string;
                tenantId: string;
                startsAt: string;
                endsAt: string;
                createdBy: string;
                createdAt: string;
                assetIds: Array<string>;
                zoneId: string | null;
                siteId: string | null;
                reason: string;
                reference: string | null;
              }>;
              next: string | null;
            };
          };
        };
      };
    };
    post: {
      parameters?: {};
      requestBody: {
        content: {
          "application/json": {
            tenant?: string;
            assetIds?: Array<string>;
            zoneId?: string | null;
            siteId?: string | null;
            startsAt: string;
            endsAt: string;
            reason: string;
            reference?: string | null;
          };
        };
      };
      responses: {
        201: {
          content: {
            "application/json": {
              id: string;
              tenantId: string;
              startsAt: string;
              endsAt: string;
              createdBy: string;
              createdAt: string;
              assetIds: Array<string>;
              zoneId: string | null;
              siteId: string | null;
              reason: string;
              reference: string | null;
            };
          };
        };
      };
    };
  };
  "/api/v1/maintenance-windows/{id}": {
    get: {
      parameters: {
        path: {
          id: string;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              id: string;
              tenantId: string;
              startsAt: string;
              endsAt: string;
              createdBy: string;
              createdAt: string;
              assetIds: Array<string>;
              zoneId: string | null;
              siteId: string | null;
              reason: string;
              reference: string | null;
            };
          };
        };
      };
    };
    patch: {
      parameters: {
        path: {
          id: string;
        };
      };
      requestBody: {
        content: {
          "application/json": {
            startsAt?: string;
            endsAt?: string;
            reason?: string;
            reference?: string | null;
          };
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              id: string;
              tenantId: string;
              startsAt: string;
              endsAt: string;
              createdBy: string;
              createdAt: string;
              assetIds: Array<string>;
              zoneId: string | null;
              siteId: string | null;
              reason: string;
              reference: string | null;
            };
          };
        };
      };
    };
  };
  "/api/v1/change-tickets": {
    get: {
      parameters?: {
        query?: {
          limit?: number;
          cursor?: string;
          tenant?: string;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: Array<{
                id: string;
                tenantId: string;
                startsAt: string;
                endsAt: string;
                createdBy: string;
                createdAt: string;
                reference: string;
                title: string;
                assetIds: Array<string>;
                state: "draft" | "approved" | "rejected";
                decidedBy: string | null;
                decidedAt: string | null;
              }>;
              next: string | null;
            };
          };
        };
      };
    };
    post: {
      parameters?: {};
      requestBody: {
        content: {
          "application/json": {
            tenant?: string;
            reference: string;
            title: string;
            assetIds: Array<string>;
            startsAt: string;
            endsAt: string;
          };
        };
      };
      responses: {
        201: {
          content: {
            "application/json": {
              id: string;
              tenantId: string;
              startsAt: string;
              endsAt: string;
              createdBy: string;
              createdAt: string;
              reference: string;
              title: string;
              assetIds: Array<string>;
              state: "draft" | "approved" | "rejected";
              decidedBy: string | null;
              decidedAt: string | null;
            };
          };
        };
      };
    };
  };
  "/api/v1/change-tickets/{id}": {
    get: {
      parameters: {
        path: {
          id: string;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              id: string;
              tenantId: string;
              startsAt: string;
              endsAt: string;
              createdBy: string;
              createdAt: string;
              reference: string;
              title: string;
              assetIds: Array<string>;
              state: "draft" | "approved" | "rejected";
              decidedBy: string | null;
              decidedAt: string | null;
            };
          };
        };
      };
    };
  };
  "/api/v1/change-tickets/{id}/approve": {
    post: {
      parameters: {
        path: {
          id: string;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              id: string;
              tenantId: string;
              startsAt: string;
              endsAt: string;
              createdBy: string;
              createdAt: string;
              reference: string;
              title: string;
              assetIds: Array<string>;
              state: "draft" | "approved" | "rejected";
              decidedBy: string | null;
              decidedAt: string | null;
            };
          };
        };
      };
    };
  };
  "/api/v1/change-tickets/{id}/reject": {
    post: {
      parameters: {
        path: {
          id: string;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              id: string;
              tenantId: string;
              startsAt: string;
              endsAt: string;
              createdBy: string;
              createdAt: string;
              reference: string;
              title: string;
              assetIds: Array<string>;
              state: "draft" | "approved" | "rejected";
              decidedBy: string | null;
              decidedAt: string | null;
            };
          };
        };
      };
    };
  };
  "/api/v1/events": {
    get: {
      parameters?: {
        query?: {
          limit?: number;
          cursor?: string;
          tenant?: string;
          from?: string;
          to?: string;
          q?: string;
          asset?: string;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: Array<{
                "@timestamp": string;
                event: {
                  id: string;
                  original: string;
                  [field: string]: unknown;
                };
                [field: string]: unknown;
              }>;
              next: string | null;
            };
          };
        };
      };
    };
  };
  "/api/v1/events/{id}": {
    get: {
      parameters: {
        path: {
          id: string;
        };
        query?: {
          tenant?: string;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              "@timestamp": string;
              event: {
                id: string;
                original: string;
                [field: string]: unknown;
              };
              [field: string]: unknown;
            };
          };
        };
      };
    };
  };
  "/api/v1/channels": {
    get: {
      parameters?: {
        query?: {
          tenant?: string;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: Array<{
                id: string;
                kind: "webhook" | "email";
                name: string;
                target: string;
                createdAt: string;
              }>;
              next: null;
            };
          };
        };
      };
    };
    post: {
      parameters?: {};
      requestBody: {
        content: {
          "application/json": {
            tenant?: string;
            name: string;
            kind: "webhook";
            target: string;
          } | {
            tenant?: string;
            name: string;
            kind: "email";
            target: string;
          };
        };
      };
      responses: {
        201: {
          content: {
            "application/json": {
              id: string;
              kind: "webhook" | "email";
              name: string;
              target: string;
              createdAt: string;
              secret: string | null;
            };
          };
        };
      };
    };
  };
  "/api/v1/channels/{id}": {
    delete: {
      parameters: {
        path: {
          id: string;
        };
      };
      responses: {
        204: {
          content?: never;
        };
      };
    };
  };
  "/api/v1/channels/{id}/test": {
    post: {
      parameters: {
        path: {
          id: string;
        };
      };
      responses: {
        202: {
          content: {
            "application/json": {
              deliveryId: string;
            };
          };
        };
      };
    };
  };
  "/api/v1/deliveries": {
    get: {
      parameters?: {
        query?: {
          limit?: number;
          cursor?: string;
          tenant?: string;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: Array<{
                id: string;
                key: string;
                channelId: string;
                subject: string;
                state: "queued" | "sent" | "failed";
                attempts: number;
                lastError: string | null;
                createdAt: string;
                sentAt: string | null;
              }>;
              next: string | null;
            };
          };
        };
      };
    };
  };
  "/api/v1/alerts": {
    get: {
      parameters?: {
        query?: {
          limit?: number;
          cursor?: string;
          tenant?: string;
          status?: "new" | "acknowledged" | "in_progress" | "closed" | Array<"new" | "acknowledged" | "in_progress" | "closed">;
          severity?: "informational" | "low" | "medium" | "high" | "critical" | Array<"informational" | "low" | "medium" | "high" | "critical">;
          rule?: string;
          asset?: string;
          assignee?: string | "me" | "nobody";
          q?: string;
          sort?: "newest" | "risk";
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: Array<{
                id: string;
                rule: {
                  id: string;
                  title: string;
                };
                tenant: {
                  id: string;
                  name: string;
                };
                severity: "informational" | "low" | "medium" | "high" | "critical";
                riskScore: number;
                status: "new" | "acknowledged" | "in_progress" | "closed";
                verdict: "true_positive" | "benign_true_positive" | "false_positive" | "duplicate" | "test" | "undetermined" | null;
                summary: string;
                group: Record<string, string>;
                techniques: Array<string>;
                assets: Array<{
                  id: string;
                  name: string;
                }>;
                count: number;
                firstEventAt: string;
                lastEventAt: string;
                raisedAt: string;
                acknowledgedAt: string | null;
                closedAt: string | null;
                assignee: {
                  id: string;
                  name: string;
                } | null;
                claim: {
                  by: {
                    id: string;
                    name: string;
                  };
                  expiresAt: string;
                } | null;
                revision: number;
              }>;
              next: string | null;
            };
          };
        };
      };
    };
  };
  "/api/v1/alerts/stream": {
    get: {
      parameters?: {
        query?: {
          tenant?: string;
        };
      };
      responses: {
        200: {
          content: {
            "text/event-stream": unknown;
          };
        };
      };
    };
  };
  "/api/v1/alerts/{id}": {
    get: {
      parameters: {
        path: {
          id: string;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              id: string;
              rule: {
                id: string;
                title: string;
                description: string;
              };
              tenant: {
                id: string;
                name: string;
              };
              severity: "informational" | "low" | "medium" | "high" | "critical";
              riskScore: number;
              status: "new" | "acknowledged" | "in_progress" | "closed";
              verdict: "true_positive" | "benign_true_positive" | "false_positive" | "duplicate" | "test" | "undetermined" | null;
              summary: string;
              group: Record<string, string>;
              techniques: Array<string>;
              assets: Array<{
                id: string;
                name: string;
              }>;
              count: number;
              firstEventAt: string;
              lastEventAt: string;
              raisedAt: string;
              acknowledgedAt: string | null;
              closedAt: string | null;
              assignee: {
                id: string;
                name: string;
              } | null;
              claim: {
                by: {
                  id: string;
                  name: string;
                };
                expiresAt: string;
              } | null;
              revision: number;
              evidence: {
                count: number;
                firstEventAt: string;
                lastEventAt: string;
              };
              escalation: Array<{
                step: number;
                label: string;
                dueAt: string;
                state: "pending" | "done" | "cancelled";
                policy: {
                  id: string;
                  name: string;
                };
              }>;
              history: Array<{
                id: string;
                at: string;
                actor: {
                  kind: "person" | "system";
                  id: string;
                  name: string;
                };
                kind: "raised" | "amended" | "status" | "assigned" | "claimed" | "stolen" | "released" | "comment" | "escalated";
                from: string | null;
                to: string | null;
                text: string | null;
              }>;
            };
          };
        };
      };
    };
  };
  "/api/v1/alerts/{id}/events": {
    get: {
      parameters: {
        path: {
          id: string;
        };
        query?: {
          limit?: number;
          cursor?: string;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: Array<{
                "@timestamp": string;
                event: {
                  id: string;
                  original: string;
                  [field: string]: unknown;
                };
                [field: string]: unknown;
              }>;
              missing: Array<string>;
              next: string | null;
            };
          };
        };
      };
    };
  };
  "/api/v1/alerts/{id}/acknowledge": {
    post: {
      parameters: {
        path: {
          id: string;
        };
      };
      requestBody: {
        content: {
          "application/json": {
            revision?: number;
          };
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              id: string;
              rule: {
                id: string;
                title: string;
                description: string;
              };
              tenant: {
                id: string;
                name: string;
              };
              severity: "informational" | "low" | "medium" | "high" | "critical";
              riskScore: number;
              status: "new" | "acknowledged" | "in_progress" | "closed";
              verdict: "true_positive" | "benign_true_positive" | "false_positive" | "duplicate" | "test" | "undetermined" | null;
              summary: string;
              group: Record<string, string>;
              techniques: Array<string>;
              assets: Array<{
                id: string;
                name: string;
              }>;
              count: number;
              firstEventAt: string;
              lastEventAt: string;
              raisedAt: string;
              acknowledgedAt: string | null;
              closedAt: string | null;
              assignee: {
                id: string;
                name: string;
              } | null;
              claim: {
                by: {
                  id: string;
                  name: string;
                };
                expiresAt: string;
              } | null;
              revision: number;
              evidence: {
                count: number;
                firstEventAt: string;
                lastEventAt: string;
              };
              escalation: Array<{
                step: number;
                label: string;
                dueAt: string;
                state: "pending" | "done" | "cancelled";
                policy: {
                  id: string;
                  name: string;
                };
              }>;
              history: Array<{
                id: string;
                at: string;
                actor: {
                  kind: "person" | "system";
                  id: string;
                  name: string;
                };
                kind: "raised" | "amended" | "status" | "assigned" | "claimed" | "stolen" | "released" | "comment" | "escalated";
                from: string | null;
                to: string | null;
                text: string | null;
              }>;
            };
          };
        };
      };
    };
  };
  "/api/v1/alerts/{id}/start": {
    post: {
      parameters: {
        path: {
          id: string;
        };
      };
      requestBody: {
        content: {
          "application/json": {
            revision?: number;
          };
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              id: string;
              rule: {
                id: string;
                title: string;
                description: string;
              };
              tenant: {
                id: string;
                name: string;
              };
              severity: "informational" | "low" | "medium" | "high" | "critical";
              riskScore: number;
              status: "new" | "acknowledged" | "in_progress" | "closed";
              verdict: "true_positive" | "benign_true_positive" | "false_positive" | "duplicate" | "test" | "undetermined" | null;
              summary: string;
              group: Record<string, string>;
              techniques: Array<string>;
              assets: Array<{
                id: string;
                name: string;
              }>;
              count: number;
              firstEventAt: string;
              lastEventAt: string;
              raisedAt: string;
              acknowledgedAt: string | null;
              closedAt: string | null;
              assignee: {
                id: string;
                name: string;
              } | null;
              claim: {
                by: {
                  id: string;
                  name: string;
                };
                expiresAt: string;
              } | null;
              revision: number;
              evidence: {
                count: number;
                firstEventAt: string;
                lastEventAt: string;
              };
              escalation: Array<{
                step: number;
                label: string;
                dueAt: string;
                state: "pending" | "done" | "cancelled";
                policy: {
                  id: string;
                  name: string;
                };
              }>;
              history: Array<{
                id: string;
                at: string;
                actor: {
                  kind: "person" | "system";
                  id: string;
                  name: string;
                };
                kind: "raised" | "amended" | "status" | "assigned" | "claimed" | "stolen" | "released" | "comment" | "escalated";
                from: string | null;
                to: string | null;
                text: string | null;
              }>;
            };
          };
        };
      };
    };
  };
  "/api/v1/alerts/{id}/claim": {
    post: {
      parameters: {
        path: {
          id: string;
        };
      };
      requestBody: {
        content: {
          "application/json": {
            revision?: number;
            steal?: boolean;
            reason?: string;
          };
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              id: string;
              rule: {
                id: string;
                title: string;
                description: string;
              };
              tenant: {
                id: string;
                name: string;
              };
              severity: "informational" | "low" | "medium" | "high" | "critical";
              riskScore: number;
              status: "new" | "acknowledged" | "in_progress" | "closed";
              verdict: "true_positive" | "benign_true_positive" | "false_positive" | "duplicate" | "test" | "undetermined" | null;
              summary: string;
              group: Record<string, string>;
              techniques: Array<string>;
              assets: Array<{
                id: string;
                name: string;
              }>;
              count: number;
              firstEventAt: string;
              lastEventAt: string;
              raisedAt: string;
              acknowledgedAt: string | null;
              closedAt: string | null;
              assignee: {
                id: string;
                name: string;
              } | null;
              claim: {
                by: {
                  id: string;
                  name: string;
                };
                expiresAt: string;
              } | null;
              revision: number;
              evidence: {
                count: number;
                firstEventAt: string;
                lastEventAt: string;
              };
              escalation: Array<{
                step: number;
                label: string;
                dueAt: string;
                state: "pending" | "done" | "cancelled";
                policy: {
                  id: string;
                  name: string;
                };
              }>;
              history: Array<{
                id: string;
                at: string;
                actor: {
                  kind: "person" | "system";
                  id: string;
                  name: string;
                };
                kind: "raised" | "amended" | "status" | "assigned" | "claimed" | "stolen" | "released" | "comment" | "escalated";
                from: string | null;
                to: string | null;
                text: string | null;
              }>;
            };
          };
        };
      };
    };
  };
  "/api/v1/alerts/{id}/release": {
    post: {
      parameters: {
        path: {
          id: string;
        };
      };
      requestBody: {
        content: {
          "application/json": {
            revision?: number;
          };
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              id: string;
              rule: {
                id: string;
                title: string;
                description: string;
              };
              tenant: {
                id: string;
                name: string;
              };
              severity: "informational" | "low" | "medium" | "high" | "critical";
              riskScore: number;
              status: "new" | "acknowledged" | "in_progress" | "closed";
              verdict: "true_positive" | "benign_true_positive" | "false_positive" | "duplicate" | "test" | "undetermined" | null;
              summary: string;
              group: Record<string, string>;
              techniques: Array<string>;
              assets: Array<{
                id: string;
                name: string;
              }>;
              count: number;
              firstEventAt: string;
              lastEventAt: string;
              raisedAt: string;
              acknowledgedAt: string | null;
              closedAt: string | null;
              assignee: {
                id: string;
                name: string;
              } | null;
              claim: {
                by: {
                  id: string;
                  name: string;
                };
                expiresAt: string;
              } | null;
              revision: number;
              evidence: {
                count: number;
                firstEventAt: string;
                lastEventAt: string;
              };
              escalation: Array<{
                step: number;
                label: string;
                dueAt: string;
                state: "pending" | "done" | "cancelled";
                policy: {
                  id: string;
                  name: string;
                };
              }>;
              history: Array<{
                id: string;
                at: string;
                actor: {
                  kind: "person" | "system";
                  id: string;
                  name: string;
                };
                kind: "raised" | "amended" | "status" | "assigned" | "claimed" | "stolen" | "released" | "comment" | "escalated";
                from: string | null;
                to: string | null;
                text: string | null;
              }>;
            };
          };
        };
      };
    };
  };
  "/api/v1/alerts/{id}/assign": {
    post: {
      parameters: {
        path: {
          id: string;
        };
      };
      requestBody: {
        content: {
          "application/json": {
            revision?: number;
            person: string | null;
          };
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              id: string;
              rule: {
                id: string;
                title: string;
                description: string;
              };
              tenant: {
                id: string;
                name: string;
              };
              severity: "informational" | "low" | "medium" | "high" | "critical";
              riskScore: number;
              status: "new" | "acknowledged" | "in_progress" | "closed";
              verdict: "true_positive" | "benign_true_positive" | "false_positive" | "duplicate" | "test" | "undetermined" | null;
              summary: string;
              group: Record<string, string>;
              techniques: Array<string>;
              assets: Array<{
                id: string;
                name: string;
              }>;
              count: number;
              firstEventAt: string;
              lastEventAt: string;
              raisedAt: string;
              acknowledgedAt: string | null;
              closedAt: string | null;
              assignee: {
                id: string;
                name: string;
              } | null;
              claim: {
                by: {
                  id: string;
                  name: string;
                };
                expiresAt: string;
              } | null;
              revision: number;
              evidence: {
                count: number;
                firstEventAt: string;
                lastEventAt: string;
              };
              escalation: Array<{
                step: number;
                label: string;
                dueAt: string;
                state: "pending" | "done" | "cancelled";
                policy: {
                  id: string;
                  name: string;
                };
              }>;
              history: Array<{
                id: string;
                at: string;
                actor: {
                  kind: "person" | "system";
                  id: string;
                  name: string;
                };
                kind: "raised" | "amended" | "status" | "assigned" | "claimed" | "stolen" | "released" | "comment" | "escalated";
                from: string | null;
                to: string | null;
                text: string | null;
              }>;
            };
          };
        };
      };
    };
  };
  "/api/v1/alerts/{id}/comment": {
    post: {
      parameters: {
        path: {
          id: string;
        };
      };
      requestBody: {
        content: {
          "application/json": {
            revision?: number;
            text: string;
          };
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              id: string;
              rule: {
                id: string;
                title: string;
                description: string;
              };
              tenant: {
                id: string;
                name: string;
              };
              severity: "informational" | "low" | "medium" | "high" | "critical";
              riskScore: number;
              status: "new" | "acknowledged" | "in_progress" | "closed";
              verdict: "true_positive" | "benign_true_positive" | "false_positive" | "duplicate" | "test" | "undetermined" | null;
              summary: string;
              group: Record<string, string>;
              techniques: Array<string>;
              assets: Array<{
                id: string;
                name: string;
              }>;
              count: number;
              firstEventAt: string;
              lastEventAt: string;
              raisedAt: string;
              acknowledgedAt: string | null;
              closedAt: string | null;
              assignee: {
                id: string;
                name: string;
              } | null;
              claim: {
                by: {
                  id: string;
                  name: string;
                };
                expiresAt: string;
              } | null;
              revision: number;
              evidence: {
                count: number;
                firstEventAt: string;
                lastEventAt: string;
              };
              escalation: Array<{
                step: number;
                label: string;
                dueAt: string;
                state: "pending" | "done" | "cancelled";
                policy: {
                  id: string;
                  name: string;
                };
              }>;
              history: Array<{
                id: string;
                at: string;
                actor: {
                  kind: "person" | "system";
                  id: string;
                  name: string;
                };
                kind: "raised" | "amended" | "status" | "assigned" | "claimed" | "stolen" | "released" | "comment" | "escalated";
                from: string | null;
                to: string | null;
                text: string | null;
              }>;
            };
          };
        };
      };
    };
  };
  "/api/v1/alerts/{id}/close": {
    post: {
      parameters: {
        path: {
          id: string;
        };
      };
      requestBody: {
        content: {
          "application/json": {
            revision?: number;
            verdict: "true_positive" | "benign_true_positive" | "false_positive" | "duplicate" | "test" | "undetermined";
            note?: string;
          };
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              id: string;
              rule: {
                id: string;
                title: string;
                description: string;
              };
              tenant: {
                id: string;
                name: string;
              };
              severity: "informational" | "low" | "medium" | "high" | "critical";
              riskScore: number;
              status: "new" | "acknowledged" | "in_progress" | "closed";
              verdict: "true_positive" | "benign_true_positive" | "false_positive" | "duplicate" | "test" | "undetermined" | null;
              summary: string;
              group: Record<string, string>;
              techniques: Array<string>;
              assets: Array<{
                id: string;
                name: string;
              }>;
              count: number;
              firstEventAt: string;
              lastEventAt: string;
              raisedAt: string;
              acknowledgedAt: string | null;
              closedAt: string | null;
              assignee: {
                id: string;
                name: string;
              } | null;
              claim: {
                by: {
                  id: string;
                  name: string;
                };
                expiresAt: string;
              } | null;
              revision: number;
              evidence: {
                count: number;
                firstEventAt: string;
                lastEventAt: string;
              };
              escalation: Array<{
                step: number;
                label: string;
                dueAt: string;
                state: "pending" | "done" | "cancelled";
                policy: {
                  id: string;
                  name: string;
                };
              }>;
              history: Array<{
                id: string;
                at: string;
                actor: {
                  kind: "person" | "system";
                  id: string;
                  name: string;
                };
                kind: "raised" | "amended" | "status" | "assigned" | "claimed" | "stolen" | "released" | "comment" | "escalated";
                from: string | null;
                to: string | null;
                text: string | null;
              }>;
            };
          };
        };
      };
    };
  };
  "/api/v1/alerts/{id}/reopen": {
    post: {
      parameters: {
        path: {
          id: string;
        };
      };
      requestBody: {
        content: {
          "application/json": {
            revision?: number;
          };
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              id: string;
              rule: {
                id: string;
                title: string;
                description: string;
              };
              tenant: {
                id: string;
                name: string;
              };
              severity: "informational" | "low" | "medium" | "high" | "critical";
              riskScore: number;
              status: "new" | "acknowledged" | "in_progress" | "closed";
              verdict: "true_positive" | "benign_true_positive" | "false_positive" | "duplicate" | "test" | "undetermined" | null;
              summary: string;
              group: Record<string, string>;
              techniques: Array<string>;
              assets: Array<{
                id: string;
                name: string;
              }>;
              count: number;
              firstEventAt: string;
              lastEventAt: string;
              raisedAt: string;
              acknowledgedAt: string | null;
              closedAt: string | null;
              assignee: {
                id: string;
                name: string;
              } | null;
              claim: {
                by: {
                  id: string;
                  name: string;
                };
                expiresAt: string;
              } | null;
              revision: number;
              evidence: {
                count: number;
                firstEventAt: string;
                lastEventAt: string;
              };
              escalation: Array<{
                step: number;
                label: string;
                dueAt: string;
                state: "pending" | "done" | "cancelled";
                policy: {
                  id: string;
                  name: string;
                };
              }>;
              history: Array<{
                id: string;
                at: string;
                actor: {
                  kind: "person" | "system";
                  id: string;
                  name: string;
                };
                kind: "raised" | "amended" | "status" | "assigned" | "claimed" | "stolen" | "released" | "comment" | "escalated";
                from: string | null;
                to: string | null;
                text: string | null;
              }>;
            };
          };
        };
      };
    };
  };
  "/api/v1/escalation-policies": {
    get: {
      parameters?: {
        query?: {
          tenant?: string;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: Array<{
                id: string;
                name: string;
                minSeverity: "informational" | "low" | "medium" | "high" | "critical";
                steps: Array<{
                  afterSeconds: number;
                  channelIds: Array<string>;
                  label: string;
                }>;
                default: boolean;
                createdAt: string;
                updatedAt: string;
              }>;
              next: null;
            };
          };
        };
      };
    };
    post: {
      parameters?: {};
      requestBody: {
        content: {
          "application/json": {
            name: string;
            minSeverity: "informational" | "low" | "medium" | "high" | "critical";
            steps: Array<{
              afterSeconds: number;
              channelIds: Array<string>;
              label: string;
            }>;
            default?: boolean;
            tenant?: string;
          };
        };
      };
      responses: {
        201: {
          content: {
            "application/json": {
              id: string;
              name: string;
              minSeverity: "informational" | "low" | "medium" | "high" | "critical";
              steps: Array<{
                afterSeconds: number;
                channelIds: Array<string>;
                label: string;
              }>;
              default: boolean;
              createdAt: string;
              updatedAt: string;
            };
          };
        };
      };
    };
  };
  "/api/v1/escalation-policies/{id}": {
    patch: {
      parameters: {
        path: {
          id: string;
        };
      };
      requestBody: {
        content: {
          "application/json": {
            name?: string;
            minSeverity?: "informational" | "low" | "medium" | "high" | "critical";
            steps?: Array<{
              afterSeconds: number;
              channelIds: Array<string>;
              label: string;
            }>;
            default?: true;
          };
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              id: string;
              name: string;
              minSeverity: "informational" | "low" | "medium" | "high" | "critical";
              steps: Array<{
                afterSeconds: number;
                channelIds: Array<string>;
                label: string;
              }>;
              default: boolean;
              createdAt: string;
              updatedAt: string;
            };
          };
        };
      };
    };
  };
  "/api/v1/rules": {
    get: {
      parameters?: {};
      responses: {
        200: {
          content: {
            "application/json": {
              items: Array<{
                id: string;
                title: string;
                kind: "rule" | "correlation";
                level: "informational" | "low" | "medium" | "high" | "critical" | null;
                status: "stable" | "test" | "experimental" | "deprecated" | "unsupported" | null;
                description: string | null;
                author: string | null;
                license: string | null;
                techniques: Array<string>;
                alerts: boolean;
                source: string;
              }>;
              next: null;
            };
          };
        };
      };
    };
  };
  "/api/v1/rules/{id}": {
    get: {
      parameters: {
        path: {
          id: string;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              id: string;
              title: string;
              kind: "rule" | "correlation";
              level: "informational" | "low" | "medium" | "high" | "critical" | null;
              status: "stable" | "test" | "experimental" | "deprecated" | "unsupported" | null;
              description: string | null;
              author: string | null;
              license: string | null;
              techniques: Array<string>;
              alerts: boolean;
              source: string;
            };
          };
        };
      };
    };
  };
  "/api/v1/rules/check": {
    post: {
      parameters?: {};
      requestBody: {
        content: {
          "application/json": {
            text: string;
          };
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              ok: boolean;
              errors: Array<{
                file: string;
                line: number;
                message: string;
              }>;
            };
          };
        };
      };
    };
  };
  "/api/v1/tenants/{id}/rule-coverage": {
    get: {
      parameters?: {};
      responses: {
        200: {
          content: {
            "application/json": {
              rules: number;
              silent: Array<{
                id: string;
                title: string;
                level: "informational" | "low" | "medium" | "high" | "critical" | null;
                logsource: {
                  category?: string;
                  product?: string;
                  service?: string;
                } | null;
                fields: Array<string>;
                rules: Array<string>;
              }>;
              unknownFields: Array<string>;
            };
          };
        };
      };
    };
  };
  "/api/v1/suppressed-matches": {
    get: {
      parameters?: {
        query?: {
          limit?: number;
          cursor?: string;
          tenant?: string;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: Array<{
                rule: {
                  id: string;
                  title: string;
                };
                eventId: string;
                eventTime: string;
                assetId: string | null;
                summary: string;
                justification: {
                  kind: "maintenance_window" | "change_ticket";
                  id: string;
                  reference: string | null;
                  reason: string;
                };
              }>;
              next: string | null;
            };
          };
        };
      };
    };
  };
  "/api/v1/intake": {
    get: {
      parameters?: {
        query?: {
          tenant?: string;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: Array<{
                tenantId: string;
                sourceId: string;
                received: number;
                truncated: number;
                dropped: number;
                throttled: number;
                indexed: number;
                duplicates: number;
                deadLettered: number;
                spooled: number;
                skewMs: number | null;
                cadenceMs: number | null;
                lastReceivedAt: string | null;
              }>;
              next: null;
            };
          };
        };
      };
    };
  };
  "/api/v1/intake/refused": {
    get: {
      parameters?: {};
      responses: {
        200: {
          content: {
            "application/json": {
              items: Array<{
                protocol: string;
                port: number;
                address: string;
                reason: string;
                count: number;
                firstSeenAt: string;
                lastSeenAt: string;
              }>;
              next: null;
            };
          };
        };
      };
    };
  };
  "/api/v1/intake/collectors": {
    get: {
      parameters?: {};
      responses: {
        200: {
          content: {
            "application/json": {
              items: Array<{
                collector: string;
                at: string;
                spool: {
                  bytes: number;
                  tornBytes: number;
                  damagedBytes: number;
                };
                problems: Array<{
                  topic: string;
                  reason: string;
                  since: string;
                }>;
              }>;
              next: null;
            };
          };
        };
      };
    };
  };
  "/api/v1/dead-letters": {
    get: {
      parameters?: {
        query?: {
          tenant?: string;
          limit?: number;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: Array<{
                id: string;
                sourceId: string;
                eventId: string;
                reason: string;
                raw: string;
                at: string;
                replayedAt: string | null;
              }>;
              next: null;
            };
          };
        };
      };
    };
  };
  "/api/v1/dead-letters/{id}/replay": {
    post: {
      parameters: {
        path: {
          id: string;
        };
      };
      responses: {
        204: {
          content?: never;
        };
      };
    };
  };
  "/api/v1/parsers": {
    get: {
      parameters?: {};
      responses: {
        200: {
          content: {
            "application/json": {
              items: Array<string>;
            };
          };
        };
      };
    };
  };
  "/api/v1/parsers/try": {
    post: {
      parameters?: {};
      requestBody: {
        content: {
          "application/json": {
            lines: Array<string>;
            timeZone?: string;
            receivedAt?: string;
            parser?: string;
          };
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: Array<{
                raw: string;
                parser: string | null;
                conflicts: Array<string>;
                event: {
                  "@timestamp": string;
                  [field: string]: unknown;
                };
              }>;
            };
          };
        };
      };
    };
  };
  "/api/v1/log-sources/{id}/samples": {
    get: {
      parameters: {
        path: {
          id: string;
        };
        query?: {
          limit?: number;
          hours?: number;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: Array<{
                raw: string;
                parser: string | null;
                conflicts: Array<string>;
                tags: Array<string>;
                event: {
                  "@timestamp": string;
                  event: {
                    id: string;
                    original: string;
                    [field: string]: unknown;
                  };
                  [field: string]: unknown;
                };
              }>;
              pinned: string | null;
              parsers: Array<{
                name: string;
                count: number;
                last: string;
              }>;
              unparsed: number;
              mismatched: number;
            };
          };
        };
      };
    };
  };
  "/api/v1/reports": {
    get: {
      parameters?: {
        query?: {
          limit?: number;
          cursor?: string;
          tenant?: string;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: Array<{
                id: string;
                tenantId: string;
                kind: "security_logging";
                scheduleId: string | null;
                periodFrom: string;
                periodTo: string;
                verdict: "not_met" | "no_evidence" | "met";
                statement: string;
                createdAt: string;
              }>;
              next: string | null;
            };
          };
        };
      };
    };
    post: {
      parameters?: {};
      requestBody: {
        content: {
          "application/json": {
            tenant?: string;
            from?: string;
            to?: string;
          };
        };
      };
      responses: {
        201: {
          content: {
            "application/json": {
              id: string;
              tenantId: string;
              kind: "security_logging";
              scheduleId: string | null;
              periodFrom: string;
              periodTo: string;
              verdict: "not_met" | "no_evidence" | "met";
              statement: string;
              createdAt: string;
            };
          };
        };
      };
    };
  };
  "/api/v1/reports/{id}": {
    get: {
      parameters: {
        path: {
          id: string;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              id: string;
              kind: "security_logging";
              tenant: {
                id: string;
                name: string;
              };
              period: {
                from: string;
                to: string;
                timeZone: string;
              };
              generatedAt: string;
              verdict: "not_met" | "no_evidence" | "met";
              statement: string;
              gaps: Array<{
                verdict: "not_met" | "no_evidence" | "met";
                text: string;
                items: Array<string>;
              }>;
              totals: {
                assets: number;
                complete: number;
                partial: number;
                silent: number;
                sources: number;
                silentSources: number;
              };
              sites: Array<{
                id: string | null;
                name: string;
                zones: Array<{
                  id: string | null;
                  name: string;
                  slTarget: 1 | 2 | 3 | 4 | null;
                  assets: Array<{
                    id: string;
                    name: string;
                    role: "plc" | "rtu" | "sis" | "hmi" | "engineering_workstation" | "historian" | "operator_station" | "network_device" | "firewall" | "server" | "jump_host" | "sensor" | "actuator";
                    componentType: "embedded_device" | "host_device" | "network_device" | "software_application";
                    criticality: number;
                    verdict: "not_met" | "no_evidence" | "met";
                    seen: Array<{
                      category: "access_control" | "request_error" | "control_system" | "backup_restore" | "configuration_change" | "audit_log";
                      count: number;
                      last: string;
                    }>;
                    notSeen: Array<"access_control" | "request_error" | "control_system" | "backup_restore" | "configuration_change" | "audit_log">;
                    silent: boolean;
                    clock: {
                      medianSkewMs: number | null;
                      state: "unknown" | "within" | "off" | "implausible";
                      verdict: "not_met" | "no_evidence" | "met";
                    } | null;
                  }>;
                }>;
              }>;
              sources: Array<{
                id: string;
                name: string;
                kind: "syslog-udp" | "syslog-tcp" | "syslog-tls" | "relp" | "ndjson" | "bulk";
                site: string;
                count: number;
                last: string | null;
                verdict: "not_met" | "no_evidence" | "met";
                clock: {
                  medianSkewMs: number | null;
                  state: "unknown" | "within" | "off" | "implausible";
                  verdict: "not_met" | "no_evidence" | "met";
                };
              }>;
              alerts: {
                bySeverity: Record<string, number>;
                acknowledgeSeconds: {
                  median: number | null;
                  p95: number | null;
                };
                open: number;
              };
              suppressed: number;
            };
          };
        };
      };
    };
  };
  "/api/v1/reports/{id}/html": {
    get: {
      parameters: {
        path: {
          id: string;
        };
      };
      responses: {
        200: {
          content?: never;
        };
      };
    };
  };
  "/api/v1/report-schedules": {
    get: {
      parameters?: {
        query?: {
          limit?: number;
          cursor?: string;
          tenant?: string;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              items: Array<{
                id: string;
                tenantId: string;
                kind: "security_logging";
                pattern: string;
                timeZone: string;
                channelIds: Array<string>;
                createdAt: string;
              }>;
              next: string | null;
            };
          };
        };
      };
    };
    post: {
      parameters?: {};
      requestBody: {
        content: {
          "application/json": {
            tenant?: string;
            kind?: "security_logging";
            pattern: string;
            timeZone?: string;
            channelIds?: Array<string>;
          };
        };
      };
      responses: {
        201: {
          content: {
            "application/json": {
              id: string;
              tenantId: string;
              kind: "security_logging";
              pattern: string;
              timeZone: string;
              channelIds: Array<string>;
              createdAt: string;
            };
          };
        };
      };
    };
  };
  "/api/v1/report-schedules/{id}": {
    get: {
      parameters: {
        path: {
          id: string;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              id: string;
              tenantId: string;
              kind: "security_logging";
              pattern: string;
              timeZone: string;
              channelIds: Array<string>;
              createdAt: string;
            };
          };
        };
      };
    };
    patch: {
      parameters: {
        path: {
          id: string;
        };
      };
      requestBody: {
        content: {
          "application/json": {
            pattern?: string;
            timeZone?: string;
            channelIds?: Array<string>;
          };
        };
      };
      responses: {
        200: {
          content: {
            "application/json": {
              id: string;
              tenantId: string;
              kind: "security_logging";
              pattern: string;
              timeZone: string;
              channelIds: Array<string>;
              createdAt: string;
            };
          };
        };
      };
    };
    delete: {
      parameters: {
        path: {
          id: string;
        };
      };
      responses: {
        204: {
          content?: never;
        };
      };
    };
  };
}
