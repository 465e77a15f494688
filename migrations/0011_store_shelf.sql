-- What a store sold lately, and what it has: the sidebar asks for both whenever a guide opens the products.
create index sales_order_store on sales_order (store_id, placed_at) where store_id is not null;
create index product_stock_store on product_stock (store_id, product_id);
