//! Who sends couriers here.

use model::shipping::CourierCode;
use shipping::Dispatcher;
use std::sync::Arc;

/// Those that are set up, in the order in which they are asked. A part of the kernel.
pub struct Fleet {
    dispatchers: Vec<Arc<dyn Dispatcher>>,
    /// Whom a courier calls who does not find the shop.
    phone: String,
}

impl Fleet {
    pub fn new(phone: impl Into<String>, dispatchers: Vec<Arc<dyn Dispatcher>>) -> Self {
        Self { dispatchers, phone: phone.into() }
    }

    /// Who sends this courier: the first that does.
    pub fn of(&self, courier: &CourierCode) -> Option<&dyn Dispatcher> {
        self.dispatchers.iter().map(|it| &**it).find(|it| it.sends(courier))
    }

    pub fn named(&self, name: &str) -> Option<&dyn Dispatcher> {
        self.dispatchers.iter().map(|it| &**it).find(|it| it.name() == name)
    }

    pub fn phone(&self) -> &str {
        &self.phone
    }
}
