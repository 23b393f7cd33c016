mod clocks;
mod erase;
mod fixtures;
mod moves;
mod place;
