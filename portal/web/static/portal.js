// Every page works without this; it only enhances the GOV.UK components that are on it.
import { initAll } from './vendor/govuk-frontend/govuk-frontend.min.js'

initAll()
