//! The four themes of Target 8.7, which every kind of record may name.

crate::text_enum! {
    /// A theme of Target 8.7 of the Sustainable Development Goals.
    Theme {
        ChildLabour = "child_labour",
        ForcedLabour = "forced_labour",
        HumanTrafficking = "human_trafficking",
        ModernSlavery = "modern_slavery",
    }
}
