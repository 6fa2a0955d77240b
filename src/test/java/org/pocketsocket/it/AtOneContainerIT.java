package org.pocketsocket.it;

import org.junit.platform.suite.api.SelectClasses;
import org.junit.platform.suite.api.Suite;

/** One Payara Micro for all that Arquillian deploys; each alone would start its own where tests run in several JVMs. */
@Suite(failIfNoTests = false) // none of them is for the tests that run alone
@SelectClasses({ContainerIT.class, DoorsIT.class, ModelIT.class})
class AtOneContainerIT {}
