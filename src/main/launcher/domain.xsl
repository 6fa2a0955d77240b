<?xml version="1.0" encoding="UTF-8"?>
<!-- What the jar changes in Payara Micro's own configuration. The build writes the result into the jar: commands run at
     each start to the same end take half a second (docs/operations.md). -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

  <!-- Only the address that was asked for; the launcher sets the properties. -->
  <xsl:template match="network-listener[@name = 'http-listener']">
    <xsl:copy>
      <xsl:copy-of select="@*"/>
      <xsl:attribute name="address">${pocket.host}</xsl:attribute>
      <xsl:attribute name="port">${pocket.port}</xsl:attribute>
    </xsl:copy>
  </xsl:template>

  <xsl:template match="transport[@name = 'tcp']">
    <xsl:copy>
      <xsl:copy-of select="@*"/>
      <!-- One server holds many idle conversations; 4096 is the default. -->
      <xsl:attribute name="max-connections-count">65536</xsl:attribute>
      <!-- Bounds what Grizzly queues for a client that does not read, some multiple of this. -->
      <xsl:attribute name="socket-write-buffer-size">65536</xsl:attribute>
      <!-- Whoever finds data waiting handles it, and another thread looks on in its place: no message changes threads, and
           a handler that blocks blocks nobody else. Half the CPU for a request and its answer; by default a worker is
           woken for each. -->
      <xsl:attribute name="io-strategy">org.glassfish.grizzly.strategies.LeaderFollowerNIOStrategy</xsl:attribute>
      <xsl:apply-templates/>
    </xsl:copy>
  </xsl:template>

  <!-- A conversation may last for days: nothing of the server's may end it (15 minutes are the defaults). -->
  <xsl:template match="protocol[@name = 'http-listener']/http">
    <xsl:copy>
      <xsl:copy-of select="@*"/>
      <xsl:attribute name="request-timeout-seconds">-1</xsl:attribute>
      <xsl:attribute name="websockets-timeout-seconds">-1</xsl:attribute>
      <!-- DELETE /message has a body. -->
      <xsl:attribute name="allow-payload-for-undefined-http-methods">true</xsl:attribute>
      <!-- Requests on one connection; who publishes by HTTP would connect anew every 250. -->
      <xsl:attribute name="max-connections">1000000</xsl:attribute>
      <!-- Files only: the browser client is 24 KB, and 8 KB so. What a conversation says is not delayed by it. -->
      <xsl:attribute name="compression">on</xsl:attribute>
      <xsl:attribute name="compressable-mime-type">text/javascript,text/css,text/html</xsl:attribute>
      <xsl:attribute name="compression-min-size-bytes">1024</xsl:attribute>
      <xsl:apply-templates/>
    </xsl:copy>
  </xsl:template>

  <!-- Threads for requests and channel handlers, which may block; 2 is too few for a burst right after the start. -->
  <xsl:template match="thread-pool[@name = 'http-thread-pool']/@min-thread-pool-size">
    <xsl:attribute name="min-thread-pool-size">8</xsl:attribute>
  </xsl:template>

  <!-- Payara's own /openapi, /health and /metrics are for no virtual server of ours: the first starts JAX-RS, twice, and
       the others' names are ours. -->
  <xsl:template match="microprofile-metrics-configuration">
    <microprofile-metrics-configuration enabled="false" virtual-servers="none"/>
    <microprofile-openapi-configuration enabled="false" virtual-servers="none"/>
    <microprofile-healthcheck-configuration enabled="false" virtual-servers="none"/>
  </xsl:template>

  <!-- What Payara otherwise makes up while it starts, in several threads, which now and then trip over each other. -->
  <xsl:template match="applications">
    <xsl:copy-of select="."/>
    <clusters/>
    <deployment-groups/>
  </xsl:template>

  <xsl:template match="log-notifier-configuration">
    <xsl:copy-of select="."/>
    <cdi-eventbus-notifier-configuration/>
    <eventbus-notifier-configuration/>
  </xsl:template>

  <xsl:template match="microprofile-config">
    <xsl:copy-of select="."/>
    <amx-configuration/>
    <microprofile-fault-tolerance-configuration/>
    <stuck-threads-checker/>
    <iiop-service/>
    <web-container>
      <session-config>
        <session-manager>
          <store-properties/>
          <manager-properties/>
        </session-manager>
        <session-properties/>
      </session-config>
    </web-container>
    <jdbc-config-source-configuration/>
    <group-management-service>
      <failure-detection/>
    </group-management-service>
    <monitoring-service>
      <module-monitoring-levels/>
    </monitoring-service>
  </xsl:template>

  <xsl:template match="@* | node()">
    <xsl:copy>
      <xsl:apply-templates select="@* | node()"/>
    </xsl:copy>
  </xsl:template>

</xsl:stylesheet>
