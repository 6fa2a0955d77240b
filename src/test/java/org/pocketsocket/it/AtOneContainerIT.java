package org.pocketsocket.it;

import org.junit.platform.suite.api.SelectClasses;
import org.junit.platform.suite.api.Suite;

/** One Payara Micro for all that Arquillian deploys; each alone would start its own where tests run in several JVMs. */
@Suite
@SelectClasses({ContainerIT.class, DoorsIT.class, ModelIT.class})
class AtOneContainerIT {}
