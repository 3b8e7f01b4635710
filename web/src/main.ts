import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from './App.vue'
import { router } from './router'
import { usePreferences } from './stores/preferences'
import './styles/base.css'

const app = createApp(App).use(createPinia())
usePreferences().start().then(() => app.use(router).mount('#app'))
